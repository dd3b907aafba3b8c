import { AuthorizerCache } from '../../../lib/local/authorizers/authorizer-cache';

test('a result is cached for its identity until it expires', () => {
  let now = 0;
  const cache = new AuthorizerCache<string>(() => now);
  cache.set(['a', 'b'], 'yes', 2);
  expect([cache.get(['a', 'b']), cache.get(['a,b']), cache.get(['a'])]).toEqual(['yes', undefined, undefined]);
  now = 1999;
  expect(cache.get(['a', 'b'])).toBe('yes');
  now = 2000;
  expect(cache.get(['a', 'b'])).toBeUndefined();
});

test('a result without a TTL, or without an identity, is not cached', () => {
  const cache = new AuthorizerCache<string>();
  cache.set(['a'], 'yes', 0);
  cache.set([], 'yes', 60);
  expect([cache.get(['a']), cache.get([])]).toEqual([undefined, undefined]);
});
