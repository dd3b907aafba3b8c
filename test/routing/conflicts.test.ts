import { findConflicts } from '../../lib/routing/conflicts';
import { ParsedPrefix, parsePrefix } from '../../lib/routing/prefix';

const conflicts = (...prefixes: string[]) => findConflicts(prefixes.map((prefix) => parsePrefix(prefix) as ParsedPrefix));

test('prefixes that the matcher can distinguish do not conflict', () => {
  expect(conflicts('/', '/users', '/users/{id}', '/users/{id}/orders', '/users2', '/{tenant}/users')).toEqual([]);
});

test('two equal prefixes conflict', () => {
  expect(conflicts('/users', '/users')[0]).toEqual({ code: 'PREFIX_DUPLICATE', message: expect.stringContaining('two routers have the prefix "/users"') });
});

test('prefixes that differ only in the name of a parameter conflict, and the error names both', () => {
  expect(conflicts('/users/{id}', '/users/{userId}')[0]).toEqual({
    code: 'PREFIX_AMBIGUOUS',
    message: expect.stringContaining('"/users/{id}" and "/users/{userId}"'),
  });
});

test('prefixes that differ only in case conflict, and the error names both', () => {
  expect(conflicts('/Users', '/users')[0]).toEqual({ code: 'PREFIX_CASE', message: expect.stringContaining('"/Users" and "/users"') });
});
