import { ApiAuthorization, RouteOptions } from '../../lib';
import { httpApiKind } from '../../lib/endpoint/http/http-api-kind';
import { planEndpointRoutes } from '../../lib/endpoint/route-plan';
import { ParsedPrefix, parsePrefix } from '../../lib/routing/prefix';

function planRoutes(prefixes: readonly string[], routes: { [prefix: string]: RouteOptions } = {}) {
  return planEndpointRoutes(prefixes.map((prefix) => parsePrefix(prefix) as ParsedPrefix), { routes }, httpApiKind(undefined));
}

test('each route names the first prefix with the same authorization object', () => {
  const [one, other] = [ApiAuthorization.iam(), ApiAuthorization.iam()];
  const { routes } = planRoutes(['/a', '/b', '/c', '/d'], {
    '/b': { authorization: one }, '/c': { authorization: other }, '/d': { authorization: one },
  });
  expect(Object.fromEntries(routes.map(({ prefixes: [prefix], firstPrefix }) => [prefix, firstPrefix]))).toEqual({
    '/a': '/a', '/b': '/b', '/c': '/c', '/d': '/b',
  });
});

test('the function receives the routers behind a greedy route and the routers with an authorizer', () => {
  const jwt = ApiAuthorization.jwt({ issuer: 'https://issuer.example.com', audience: ['web'] });
  const many = Array.from({ length: 151 }, (_, i) => `/api/r${i}`);
  expect(planRoutes(many).traits).toMatchObject({ greedyRoutes: { '/api/{proxy+}': many }, authorizedPrefixes: [] });
  expect(planRoutes(['/a', '/b'], { '/b': { authorization: jwt } }).traits).toMatchObject({ greedyRoutes: {}, authorizedPrefixes: ['/b'] });
});
