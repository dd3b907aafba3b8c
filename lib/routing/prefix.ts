/**
 * The grammar of a router's prefix: `/`, or `/segment/{param}/...`.
 */
import { Problem } from './problem';

export type Segment = { readonly literal: string } | { readonly param: string };

export interface ParsedPrefix {
  readonly prefix: string;
  readonly segments: readonly Segment[];
}

/** RFC 3986 `pchar` without percent-encoding and without `*`, which API Gateway and greedy routes give a meaning. */
const LITERAL = /^[A-Za-z0-9\-._~!$&'()+,;=:@]+$/;
const PARAM = /^\{([A-Za-z_][A-Za-z0-9_]*)\}$/;

/** The parameter of the greedy route `prefix/{proxy+}` that every prefix gets. */
export const GREEDY_PARAM = 'proxy';

export function parsePrefix(prefix: string): ParsedPrefix | Problem {
  const refuse = (why: string): Problem => ({
    code: 'PREFIX_INVALID',
    message: `a router's prefix ${why}, got "${prefix}"`,
  });

  if (!prefix.startsWith('/')) return refuse('must start with "/"');
  if (prefix === '/') return { prefix, segments: [] };
  if (prefix.endsWith('/')) return refuse('must not end with "/"');

  const segments: Segment[] = [];
  const params = new Set<string>();
  for (const text of prefix.slice(1).split('/')) {
    if (text === '') return refuse('must not have an empty segment ("//")');
    if (text === '.' || text === '..') return refuse(`must not have a "${text}" segment`);
    if (text.startsWith(':')) return refuse(`must have parameters in braces, like "{${text.slice(1)}}"`);
    const param = PARAM.exec(text)?.[1];
    if (param === undefined) {
      const odd = [...text].find((character) => !LITERAL.test(character));
      if (odd === '{' || odd === '}') return refuse('must have parameters as whole segments, like "/users/{id}"');
      if (odd === '[') return refuse('must not contain "["; a parameter is written {id}');
      if (odd !== undefined) return refuse(`must not contain ${JSON.stringify(odd)}`);
      segments.push({ literal: text });
      continue;
    }
    if (param === GREEDY_PARAM) {
      return refuse(`must not name a parameter "${GREEDY_PARAM}", which is the rest of the path in every route`);
    }
    if (params.has(param)) return refuse(`must not use the parameter "{${param}}" twice`);
    params.add(param);
    segments.push({ param });
  }
  return { prefix, segments };
}

export function isParam(segment: Segment): segment is { readonly param: string } {
  return 'param' in segment;
}
