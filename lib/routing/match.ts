/**
 * Finding a router by path. Only for requests whose path API Gateway has not matched itself (function URL, `$default`,
 * greedy routes): one authorization holds for all routers there. Everywhere else the event's route decides.
 *
 * Whole segments only, never a URL-normalised path: `/users` serves neither `/users2` nor `//users` nor `/x/../users`.
 */
import { isParam, ParsedPrefix } from './prefix';

/** How the event delivers its path: HTTP APIs decode it, REST APIs and function URLs do not. */
export type PathEncoding = 'encoded' | 'decoded';

interface Node {
  readonly literals: Map<string, Node>;
  param?: Node;
  prefix?: string;
}

/** Returns the prefix that serves a path, or undefined. The path's own segments are given by {@link splitPath}. */
export type Matcher = (segments: readonly string[]) => string | undefined;

export function createMatcher(prefixes: readonly ParsedPrefix[]): Matcher {
  const root: Node = { literals: new Map() };
  for (const { prefix, segments } of prefixes) {
    let node = root;
    for (const segment of segments) {
      node = isParam(segment) ? (node.param ??= { literals: new Map() }) : childOf(node, segment.literal);
    }
    node.prefix = prefix;
  }
  return (segments) => longest(root, segments, 0)?.prefix;
}

/**
 * The decoded segments of a path, or undefined where the path must be refused: it does not start with `/`, is not valid
 * percent-encoding, or has a `.` or `..` segment, which something on the way may resolve to another route.
 */
export function splitPath(path: string, encoding: PathEncoding): string[] | undefined {
  if (!path.startsWith('/')) return undefined;
  const segments = path.slice(1).split('/');
  try {
    const decoded = encoding === 'encoded' ? segments.map(decodeURIComponent) : segments;
    return decoded.some((segment) => segment === '.' || segment === '..') ? undefined : decoded;
  } catch {
    return undefined;
  }
}

function childOf(node: Node, literal: string): Node {
  let child = node.literals.get(literal);
  if (!child) node.literals.set(literal, (child = { literals: new Map() }));
  return child;
}

function longest(node: Node, segments: readonly string[], depth: number): { prefix: string; depth: number } | undefined {
  const here = node.prefix === undefined ? undefined : { prefix: node.prefix, depth };
  if (depth === segments.length) return here;
  const segment = segments[depth];
  const literal = node.literals.get(segment);
  const byLiteral = literal && longest(literal, segments, depth + 1);
  const byParam = node.param && segment !== '' ? longest(node.param, segments, depth + 1) : undefined;
  if (byLiteral && byLiteral.depth >= (byParam?.depth ?? 0)) return byLiteral;
  return byParam ?? here;
}
