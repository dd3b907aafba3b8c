import fc from 'fast-check';
import { LocalRoute } from '../../../lib/local/endpoint/local-endpoint';
import { matchRoute } from '../../../lib/local/endpoint/match-route';
import { api } from '../../fuzz/dispatch/api';
import { matchRoute as expectedRoute } from '../../fuzz/dispatch/gateway';
import { pathOf } from '../../fuzz/dispatch/paths';

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
  ['GET', '/us%65rs', 'ANY /users', {}],
  ['GET', '/users/a%2Fb', 'ANY /users/{proxy+}', { proxy: 'a/b' }],
  ['GET', '/users//x', 'ANY /users/{proxy+}', { proxy: '/x' }],
  ['GET', '/users/7/', 'ANY /users/{proxy+}', { proxy: '7' }],
  ['GET', '/users/a%3Fb', 'ANY /users/{proxy+}', { proxy: 'a' }],
])('%s %s matches the route %s', (method, path, key, parameters) => {
  const match = matchRoute(USERS, method, path, true);
  expect(`${match!.route.method} ${match!.route.path}`).toBe(key);
  expect(match!.parameters).toEqual(parameters);
});

test.each(['/users2', '/user', '//users', '/x/users', '/Users', '/users%2F7'])('%s matches no route', (path) => {
  expect(matchRoute(USERS, 'GET', path, true)).toBeUndefined();
});

test('$default matches requests that no other route matches', () => {
  const both = routes('ANY $default', 'GET /users');
  expect(matchRoute(both, 'GET', '/users', true)!.route.path).toBe('/users');
  expect(matchRoute(both, 'POST', '/users', true)!.route.path).toBe('$default');
  expect(matchRoute(both, 'GET', '/x/y', true)!.route.path).toBe('$default');
});

test('a route without a greedy parameter takes precedence over a greedy route', () => {
  const routed = matchRoute(routes('ANY /users/{proxy+}', 'ANY /{collection}/orders'), 'GET', '/users/orders', true);
  expect(routed).toMatchObject({ route: { path: '/{collection}/orders' }, parameters: { collection: 'users' } });
});

test('a REST API does not decode path parameters', () => {
  expect(matchRoute(USERS, 'GET', '/users/a%2Fb%20', false)!.parameters).toEqual({ proxy: 'a%2Fb%20' });
});

test('a greedy resource gets a request if the exact resource does not have the method', () => {
  expect(matchRoute(routes('GET /jobs', 'ANY /{proxy+}'), 'POST', '/jobs', false)!.route.path).toBe('/{proxy+}');
});

test('every path matches the route that API Gateway documents', () => {
  const request = api.chain((one) => fc.record({ routes: fc.constant(one), path: pathOf(one) }));
  fc.assert(fc.property(request, ({ routes: given, path }) => {
    const declared = routes(...given.routes.map((route) => `ANY ${route.path}`));
    expect(matchRoute(declared, 'GET', path, true)?.route.path).toBe(expectedRoute(given, path)?.path);
  }), { numRuns: 2000 });
});
