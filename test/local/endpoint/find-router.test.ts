import { findRouter, RoutedApi } from '../../../lib/local/endpoint/find-router';
import { LocalEndpoint, LocalRoute, NO_ENDPOINT } from '../../../lib/local/endpoint/local-endpoint';

const PREFIXES = ['/users', '/users/{id}/orders', '/teams'];

function route(path: string, given: Partial<LocalRoute> = {}): LocalRoute {
  return { method: 'ANY', path, authorization: { kind: 'none' }, apiKeyRequired: false, ...given };
}

function api(endpoint: Partial<LocalEndpoint>, greedyRoutes: RoutedApi['greedyRoutes'] = {}): RoutedApi {
  return { endpoint: { ...NO_ENDPOINT, ...endpoint }, prefixes: PREFIXES, greedyRoutes };
}

const OWN = [route('/users'), route('/users/{proxy+}'), route('/users/{id}/orders'), route('/teams', { authorization: { kind: 'jwt' } })];

test.each<[string, LocalEndpoint['kind'], string | undefined, string | undefined]>([
  ['/users', 'http-api', '/users', '/users'],
  ['/users/7', 'http-api', '/users', '/users/{proxy+}'],
  ['/users/7/orders', 'http-api', '/users/{id}/orders', '/users/{id}/orders'],
  ['/us%65rs', 'http-api', '/users', '/users'],
  ['/us%65rs', 'rest-api', '/users', '/users'],
  ['/users2', 'http-api', undefined, undefined],
])('%s of an %s reaches the router at %s through the route %s', (target, kind, prefix, path) => {
  const found = findRouter(api({ kind, routes: OWN }), 'GET', target);
  expect({ prefix: found.prefix, path: found.match?.route.path }).toEqual({ prefix, path });
});

test('the path determines the router if a route is for several routers', () => {
  const routed = api({ kind: 'rest-api', routes: [route('/{proxy+}')] }, { '/{proxy+}': ['/users', '/teams'] });
  expect(findRouter(routed, 'GET', '/teams/1')).toMatchObject({ prefix: '/teams', reason: 'the route is for 2 routers, so the path determines the router' });
  expect(findRouter(routed, 'GET', '/others')).toMatchObject({ prefix: undefined, reason: 'the route is for /users, /teams, and none of them serves the path, so the function responds with 404' });
});

test('the route determines the authorization', () => {
  expect(findRouter(api({ kind: 'http-api', routes: OWN }), 'GET', '/teams').authorization).toEqual({ kind: 'jwt' });
});

test('a route that the API itself responds to reaches no router', () => {
  const routes = [...OWN, route('/users', { method: 'OPTIONS', answer: { status: 204, headers: {}, otherOrigins: [] } })];
  const found = findRouter(api({ kind: 'rest-api', routes }), 'OPTIONS', '/users');
  expect([found.prefix, found.reason]).toEqual([undefined, 'the API itself responds with 204']);
});
