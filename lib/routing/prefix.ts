/**
 * The grammar of a router's prefix: `/`, or `/segment/{param}/...`.
 */
import { Problem } from './problem';

export type Segment = { readonly literal: string } | { readonly param: string };

export interface ParsedPrefix {
  readonly prefix: string;
  readonly segments: readonly Segment[];
}

/** RFC 3986 `pchar` without percent-encoding and without `*`, which has a special meaning in API Gateway and in greedy routes. */
const LITERAL = /^[A-Za-z0-9\-._~!$&'()+,;=:@]+$/;
const PARAM = /^\{([A-Za-z_][A-Za-z0-9_]*)\}$/;

/** The parameter of the greedy route `prefix/{proxy+}` that every prefix gets. */
export const GREEDY_PARAM = 'proxy';

/** Parses a prefix. Problems refer to it as `subject`. */
export function parsePrefix(prefix: string, subject = 'a router\'s prefix'): ParsedPrefix | Problem {
  const texts = prefix === '/' ? [] : prefix.slice(1).split('/');
  const problem = slashProblem(prefix) ?? texts.map(segmentProblem).find((found) => found !== undefined) ?? repeatedParamProblem(texts);
  if (problem !== undefined) return { code: 'PREFIX_INVALID', message: `${subject} ${problem}, got "${prefix}"` };
  return { prefix, segments: texts.map(toSegment) };
}

function slashProblem(prefix: string): string | undefined {
  if (!prefix.startsWith('/')) return 'must start with "/"';
  return prefix !== '/' && prefix.endsWith('/') ? 'must not end with "/"' : undefined;
}

function segmentProblem(text: string): string | undefined {
  if (text === '') return 'must not have an empty segment ("//")';
  if (text === '.' || text === '..') return `must not have a "${text}" segment`;
  if (text.startsWith(':')) return `must have parameters in braces, like "{${text.slice(1)}}"`;
  const param = paramOf(text);
  if (param === GREEDY_PARAM) return `must not name a parameter "${GREEDY_PARAM}", which is the rest of the path in every route`;
  return param === undefined ? literalProblem(text) : undefined;
}

function literalProblem(text: string): string | undefined {
  const odd = [...text].find((character) => !LITERAL.test(character));
  if (odd === '{' || odd === '}') return 'must have parameters as whole segments, like "/users/{id}"';
  if (odd === '[') return 'must not contain "["; a parameter is written {id}';
  return odd === undefined ? undefined : `must not contain ${JSON.stringify(odd)}`;
}

function repeatedParamProblem(texts: readonly string[]): string | undefined {
  const params = texts.map(paramOf).filter((param) => param !== undefined);
  const repeated = params.find((param, i) => params.indexOf(param) < i);
  return repeated === undefined ? undefined : `must not use the parameter "{${repeated}}" twice`;
}

function toSegment(text: string): Segment {
  const param = paramOf(text);
  return param === undefined ? { literal: text } : { param };
}

function paramOf(text: string): string | undefined {
  return PARAM.exec(text)?.[1];
}

export function isParam(segment: Segment): segment is { readonly param: string } {
  return 'param' in segment;
}
