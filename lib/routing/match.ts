/**
 * Finding a router by path. Only for requests whose path API Gateway has not matched itself (function URL, `$default`,
 * greedy routes): one authorization holds for all routers there. Everywhere else the event's route decides.
 *
 * Whole segments only, never a URL-normalised path: `/users` serves neither `/users2` nor `//users` nor `/x/../users`.
 */
/** How the event delivers its path: HTTP APIs decode it, REST APIs and function URLs do not. */
export type PathEncoding = 'encoded' | 'decoded';

/** Returns the prefix that serves a path, or undefined. The path's own segments are given by {@link splitPath}. */
export type Matcher = (segments: readonly string[]) => string | undefined;

/** The longest prefix wins; of equal length, the one with a literal where the other has a parameter. */
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
