import { LocalRoute } from '../../../lib/local/endpoint/local-endpoint';
import { matchRoute } from '../../../lib/local/endpoint/match-route';

const routes = (...keys: readonly string[]): LocalRoute[] => keys.map((key) => {
  const [method, path] = key.split(' ');
  return { method, path, authorization: { kind: 'none' }, apiKeyRequired: false };
});

const USERS = routes('ANY /users', 'ANY /users/{proxy+}', 'ANY /users/{id}/orders', 'OPTIONS /users', 'ANY /', 'GET /users/me');

test.each([
  ['GET', '/users', 'ANY /users', {}],
  ['GET', '/users/', 'ANY /users', {}],
  ['OPTIONS', '/users', 'OPTIONS /users', {}],
  ['GET', '/users/7', 'ANY /users/{proxy+}', { proxy: '7' }],
  ['GET', '/users/7/a/b', 'ANY /users/{proxy+}', { proxy: '7/a/b' }],
  ['GET', '/users/7/orders', 'ANY /users/{id}/orders', { id: '7' }],
  ['GET', '/users/me', 'GET /users/me', {}],
  ['POST', '/users/me', 'ANY /users/{proxy+}', { proxy: 'me' }],
  ['GET', '/', 'ANY /', {}],
])('%s %s has the route %s', (method, path, key, parameters) => {
  const match = matchRoute(USERS, method, path);
  expect(`${match!.route.method} ${match!.route.path}`).toBe(key);
  expect(match!.parameters).toEqual(parameters);
});

test.each(['/users2', '/user', '//users', '/x/users', '/Users'])('%s has none', (path) => {
  expect(matchRoute(USERS, 'GET', path)).toBeUndefined();
});

test('$default matches what no other route does', () => {
  const both = routes('ANY $default', 'GET /users');
  expect(matchRoute(both, 'GET', '/users')!.route.path).toBe('/users');
  expect(matchRoute(both, 'POST', '/users')!.route.path).toBe('$default');
  expect(matchRoute(both, 'GET', '/x/y')!.route.path).toBe('$default');
});
