import { AuthorizerCache } from '../../../lib/local/authorizers/authorizer-cache';

test('a result counts for its identity until its time is over', () => {
  let now = 0;
  const cache = new AuthorizerCache<string>(() => now);
  cache.set(['a', 'b'], 'yes', 2);
  expect([cache.get(['a', 'b']), cache.get(['a,b']), cache.get(['a'])]).toEqual(['yes', undefined, undefined]);
  now = 1999;
  expect(cache.get(['a', 'b'])).toBe('yes');
  now = 2000;
  expect(cache.get(['a', 'b'])).toBeUndefined();
});

test('nothing is remembered without a time, or without an identity', () => {
  const cache = new AuthorizerCache<string>();
  cache.set(['a'], 'yes', 0);
  cache.set([], 'yes', 60);
  expect([cache.get(['a']), cache.get([])]).toEqual([undefined, undefined]);
});
