import { Json } from './vector';

/** `["x", 3]` is `xxx`. */
export function repeat(value: Json): string {
  const [text, times] = value as readonly [string, number];
  return text.repeat(times);
}
