/** A pattern of paths: `*` and `?` stay within a name, `**` stands for any number of directories. */
export interface Glob {
  /** The directory that the pattern starts in: its segments before the first wildcard. */
  readonly base: string;
  /** How many directories below the base a match can be. */
  readonly depth: number;
  /** Whether a path, relative to the base and with `/`, matches. */
  matches(path: string): boolean;
}

/** Undefined for a path without wildcards. */
export function parseGlob(pattern: string): Glob | undefined {
  const segments = pattern.split(/[\\/]/);
  const first = segments.findIndex((segment) => /[*?]/.test(segment));
  if (first < 0) return undefined;
  const wild = segments.slice(first);
  const regex = new RegExp(`^${wild.map((segment, i) => toRegex(segment, i === wild.length - 1)).join('')}$`);
  return {
    base: segments.slice(0, first).join('/') || (first > 0 ? '/' : '.'),
    depth: wild.includes('**') ? Infinity : wild.length - 1,
    matches: (path) => regex.test(path),
  };
}

/** As in a shell, wildcards do not match names that start with a dot. */
const HIDDEN = '(?!\\.)';

function toRegex(segment: string, isLast: boolean): string {
  if (segment === '**') return isLast ? `(?:${HIDDEN}[^/]+/)*${HIDDEN}[^/]+` : `(?:${HIDDEN}[^/]+/)*`;
  const name = segment.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '[^/]*').replace(/\?/g, '[^/]');
  return `${/^[*?]/.test(segment) ? HIDDEN : ''}${name}${isLast ? '' : '/'}`;
}
