/**
 * Finds a router by path. This is only for requests whose path API Gateway has not matched itself (function URLs, `$default`, greedy routes), where
 * one authorization applies to all routers. For all other requests, the event's route decides.
 *
 * Only complete segments match, and the path is never normalized: `/users` does not serve `/users2`, `//users`, or `/x/../users`.
 */
/** How the event delivers its path: HTTP APIs decode it, REST APIs and function URLs do not. */
export type PathEncoding = 'encoded' | 'decoded';

/** Returns the prefix that serves a path, or undefined. The path's own segments are given by {@link splitPath}. */
export type Matcher = (segments: readonly string[]) => string | undefined;

/** The longest prefix wins. If two have the same length, the one with a literal where the other has a parameter wins. */
export function createMatcher(prefixes: readonly string[]): Matcher {
  const ranked = prefixes.map((prefix) => ({ prefix, pattern: patternOf(prefix) })).sort((a, b) => rank(b.pattern) - rank(a.pattern));
  return (segments) => ranked.find(({ pattern }) => matchesAt(segments, 0, pattern))?.prefix;
}

/** The segments of a valid prefix. `{name}` is a parameter; no literal begins with `{`. */
export function patternOf(prefix: string): string[] {
  return prefix.split('/').filter(Boolean);
}

/** Whether a path matches a pattern from the segment at this index on. A parameter matches any segment that is not empty. */
export function matchesAt(path: readonly string[], at: number, pattern: readonly string[]): boolean {
  return pattern.every((segment, i) => path[at + i] === segment || (isParam(segment) && path[at + i]));
}

/** Each segment is a digit, 1 or 2, of this number in base 2, so a longer pattern always ranks higher. */
function rank(pattern: readonly string[]): number {
  return pattern.reduce((sum, segment) => 2 * sum + (isParam(segment) ? 1 : 2), 0);
}

function isParam(segment: string): boolean {
  return segment.startsWith('{');
}

/**
 * The decoded segments of a path. Undefined if the path must be rejected: it does not start with `/`, is not valid percent-encoding, or has a `.` or
 * `..` segment, which something on the way may resolve to another route.
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
