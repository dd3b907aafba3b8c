import * as fc from 'fast-check';
import { createMatcher, splitPath } from '../../lib/routing/match';
import { ParsedPrefix, parsePrefix } from '../../lib/routing/prefix';

const parse = (prefix: string) => parsePrefix(prefix) as ParsedPrefix;
const match = (prefixes: string[], path: string) => {
  const segments = splitPath(path, 'encoded');
  return segments && createMatcher(prefixes)(segments);
};

const API = ['/users', '/users/{id}/orders', '/users/me/orders', '/reports/{year}', '/admin'];

test.each([
  ['/users', '/users'],
  ['/users/', '/users'],
  ['/users/7', '/users'],
  ['/users/7/orders', '/users/{id}/orders'],
  ['/users/7/orders/1', '/users/{id}/orders'],
  ['/users/me/orders', '/users/me/orders'],
  ['/users/7/other', '/users'],
  ['/users2', undefined],
  ['/user', undefined],
  ['/Users', undefined],
  ['//users', undefined],
  ['/reports', undefined],
  ['/reports/2026/q1', '/reports/{year}'],
  ['/reports//q1', undefined],
  ['/%61dmin', '/admin'],
  ['/users%2F..%2Fadmin', undefined],
  ['/', undefined],
])('%s is served by %s', (path, prefix) => {
  expect(match(API, path)).toBe(prefix);
});

test('the root serves all paths that match no other prefix', () => {
  expect(match(['/', '/users'], '/users/7')).toBe('/users');
  expect(match(['/', '/users'], '/')).toBe('/');
  expect(match(['/', '/users'], '//users')).toBe('/');
});

test.each(['', 'users', '/.', '/..', '/users/../admin', '/users/%2e%2e/admin', '/users/%2E/admin', '/%', '/%zz', '/%ff'])('the path %j is refused', (path) => {
  expect(splitPath(path, 'encoded')).toBeUndefined();
});

test('a decoded path is used without changes, but refused if it has dot segments', () => {
  expect(splitPath('/100%/a b', 'decoded')).toEqual(['100%', 'a b']);
  expect(splitPath('/a/../b', 'decoded')).toBeUndefined();
});

const literal = fc.constantFrom('a', 'b', 'c');
const prefix = fc.array(fc.oneof(literal, fc.constant('{p}')), { maxLength: 4 })
  .map((segments) => `/${segments.map((segment, i) => (segment === '{p}' ? `{p${i}}` : segment)).join('/')}`);

test('the matcher returns the first prefix that matches in order of precedence', () => {
  fc.assert(fc.property(fc.uniqueArray(prefix, { maxLength: 12 }), fc.array(fc.oneof(literal, fc.constantFrom('', 'x')), { maxLength: 6 }), (prefixes, segments) => {
    expect(createMatcher(prefixes)(segments)).toBe(firstThatMatches(prefixes.map(parse), segments));
  }));
});

/** A simple reference implementation: more segments first, then a literal before a parameter. */
function firstThatMatches(prefixes: ParsedPrefix[], path: string[]): string | undefined {
  const rank = ({ segments }: ParsedPrefix) => segments.map((segment) => ('param' in segment ? '1' : '0')).join('');
  return [...prefixes]
    .sort((a, b) => b.segments.length - a.segments.length || rank(a).localeCompare(rank(b)))
    .find(({ segments }) => segments.length <= path.length
      && segments.every((segment, i) => ('param' in segment ? path[i] !== '' : path[i] === segment.literal)))?.prefix;
}
