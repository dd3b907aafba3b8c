import { ParsedPrefix } from '../routing/prefix';

/** Like `parsePrefix`, without its checks: synthesis made them, and their texts would be loaded with every cold start. */
export function parse(prefix: string): ParsedPrefix {
  const texts = prefix.split('/').filter(Boolean);
  return { prefix, segments: texts.map((text) => (text.startsWith('{') ? { param: text.slice(1, -1) } : { literal: text })) };
}
