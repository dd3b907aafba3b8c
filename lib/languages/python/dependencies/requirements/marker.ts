import { compareBy } from './version';
import { lockError } from '../errors';

/** The variables of a marker, for example `sys_platform`. */
export type MarkerEnvironment = Readonly<Record<string, string>>;

/** The processors of Lambda, as Python names them. */
export type Machine = 'aarch64' | 'x86_64';

/**
 * The variables in Lambda. The patch version is the first one, so that backports for older patch versions are there.
 *
 * @param version `3.13`
 */
export function lambdaEnvironment(version: string, machine: Machine): MarkerEnvironment {
  return {
    python_version: version,
    python_full_version: `${version}.0`,
    implementation_version: `${version}.0`,
    implementation_name: 'cpython',
    platform_python_implementation: 'CPython',
    os_name: 'posix',
    sys_platform: 'linux',
    platform_system: 'Linux',
    platform_machine: machine,
    platform_release: '',
    platform_version: '',
    extra: '',
  };
}

type Token = string;

const TOKEN = /\s*(\(|\)|===?|!=|~=|<=?|>=?|'[^']*'|"[^"]*"|[A-Za-z_][\w.]*)/y;

/**
 * Evaluates the marker of a requirement: `python_version < "3.13" and sys_platform == "linux"`. Whether any extra was chosen is the lock file's
 * affair, so `isExtra` decides about `extra == "..."`.
 *
 * @see https://packaging.python.org/en/latest/specifications/dependency-specifiers/#environment-markers
 */
export function evaluateMarker(marker: string, environment: MarkerEnvironment, isExtra: (name: string) => boolean = () => false): boolean {
  const tokens = tokenize(marker);
  const { value, rest } = parseOr(tokens, (left, operator, right) => compare(left, operator, right, { environment, isExtra }));
  if (rest.length > 0) throw unreadable(marker);
  return value;
}

type Compare = (left: Token, operator: string, right: Token) => boolean;

interface Parsed {
  readonly value: boolean;
  readonly rest: readonly Token[];
}

function tokenize(marker: string): Token[] {
  const tokens: Token[] = [];
  const text = marker.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const found = TOKEN.exec(text);
    if (found === null) throw unreadable(marker);
    tokens.push(found[1]);
  }
  return tokens;
}

function parseOr(tokens: readonly Token[], by: Compare): Parsed {
  let { value, rest } = parseAnd(tokens, by);
  while (rest[0] === 'or') {
    const next = parseAnd(rest.slice(1), by);
    [value, rest] = [value || next.value, next.rest];
  }
  return { value, rest };
}

function parseAnd(tokens: readonly Token[], by: Compare): Parsed {
  let { value, rest } = parseOne(tokens, by);
  while (rest[0] === 'and') {
    const next = parseOne(rest.slice(1), by);
    [value, rest] = [value && next.value, next.rest];
  }
  return { value, rest };
}

function parseOne(tokens: readonly Token[], by: Compare): Parsed {
  if (tokens[0] === '(') {
    const { value, rest } = parseOr(tokens.slice(1), by);
    if (rest[0] !== ')') throw unreadable(tokens.join(' '));
    return { value, rest: rest.slice(1) };
  }
  const isNotIn = tokens[1] === 'not' && tokens[2] === 'in';
  const [operator, width] = isNotIn ? ['not in', 4] : [tokens[1], 3];
  if (tokens.length < width) throw unreadable(tokens.join(' '));
  return { value: by(tokens[0], operator, tokens[width - 1]), rest: tokens.slice(width) };
}

interface Context {
  readonly environment: MarkerEnvironment;
  readonly isExtra: (name: string) => boolean;
}

function compare(left: Token, operator: string, right: Token, { environment, isExtra }: Context): boolean {
  const extra = [left, right].includes('extra') ? textOf(left === 'extra' ? right : left, environment) : undefined;
  if (extra !== undefined) return operator === '!=' ? !isExtra(extra) : isExtra(extra);
  const [a, b] = [textOf(left, environment), textOf(right, environment)];
  if (operator === 'in') return b.includes(a);
  if (operator === 'not in') return !b.includes(a);
  return compareBy(operator, a, b) ?? compareTexts(operator, a, b);
}

function compareTexts(operator: string, a: string, b: string): boolean {
  if (operator === '==' || operator === '===') return a === b;
  if (operator === '!=') return a !== b;
  if (operator === '<' || operator === '<=') return operator === '<' ? a < b : a <= b;
  return operator === '>' ? a > b : a >= b;
}

function textOf(token: Token, environment: MarkerEnvironment): string {
  if (/^['"]/.test(token)) return token.slice(1, -1);
  const value = environment[token.replace(/\./g, '_')];
  if (value === undefined) throw unreadable(token);
  return value;
}

function unreadable(marker: string): Error {
  return lockError(`a marker in the lock file must be one that Python packaging defines, got ${marker}; lock the dependencies again`);
}
