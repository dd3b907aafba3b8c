import { Template } from 'aws-cdk-lib/assertions';
import { methodsOf, restTemplate } from './support';
import { ApiAuthorization, ApiEndpoint } from '../../../lib';
import { traitsOf } from '../support';

const many = (count: number) => Array.from({ length: count }, (_, i) => `/api/v1/router-${i}`);

const size = (template: Template) => Object.keys(template.toJSON().Resources as object).length;

test('200 routers with the same authorization share one greedy route below their common path', () => {
  const template = restTemplate({ cors: { allowOrigins: ['*'] } }, many(200));
  expect(Object.keys(methodsOf(template)).sort()).toEqual(['ANY /api/v1/{proxy+}', 'OPTIONS /api/v1/{proxy+}']);
  expect(size(template)).toBeLessThan(50);
  template.resourceCountIs('AWS::Lambda::Permission', 1);
  expect(traitsOf(ApiEndpoint.rest(), many(200)).greedyRoutes).toEqual({ '/api/v1/{proxy+}': many(200) });
});

test.each([
  ['authorizations', { authorization: ApiAuthorization.none() }, /"\/api\/v1\/router-0" and "\/api\/v1\/router-7" have different authorizations/],
  ['settings', { throttle: { rateLimit: 1 } }, /"\/api\/v1\/router-7" has separate settings/],
])('200 routers with different %s are refused, and the error names the alternatives', (_, own, reason) => {
  const synth = () => restTemplate({ routes: { '/api/v1/router-7': own } }, many(200));
  expect(synth).toThrow(reason);
  expect(synth).toThrow(/TestStack\/Api: endpoint: 200 routers need 802 resources and methods of a REST API in one stack .* at most 400 are allowed; .*divide them into several APIs$/);
});

test.each([
  ['routers', {}, 99],
  ['routers with preflight methods', { cors: { allowOrigins: ['*'] } }, 66],
])('the maximum number of %s leaves room for other resources in the stack', (_, options, most) => {
  const template = restTemplate({ ...options, routes: { '/api/v1/router-0': { authorization: ApiAuthorization.none() } } }, many(most));
  expect(Object.keys(methodsOf(template)).filter((route) => route.startsWith('ANY'))).toHaveLength(2 * most);
  expect(size(template)).toBeLessThan(450);
  template.resourceCountIs('AWS::Lambda::Permission', 1);
  expect(() => restTemplate({ ...options, routes: { '/api/v1/router-0': { authorization: ApiAuthorization.none() } } }, many(most + 1))).toThrow(/at most 400 are allowed/);
});

test('resources between the root and a route count toward the limit', () => {
  const deep = Array.from({ length: 60 }, (_, i) => `/team-${i}/api/v1/users`);
  expect(Object.keys(traitsOf(ApiEndpoint.rest(), deep).greedyRoutes)).toEqual(['/{proxy+}']);
  expect(traitsOf(ApiEndpoint.rest(), deep.slice(0, 50)).greedyRoutes).toEqual({});
});

test('a router that needs a second variable child is served by the enclosing route, or refused if the authorizations differ', () => {
  const prefixes = ['/clinics', '/clinics/{id}/beds', '/clinics/admin'];
  expect(Object.keys(methodsOf(restTemplate({}, prefixes))).sort()).toEqual(['ANY /clinics', 'ANY /clinics/admin', 'ANY /clinics/admin/{proxy+}', 'ANY /clinics/{proxy+}']);
  expect(() => restTemplate({ routes: { '/clinics': { authorization: ApiAuthorization.none() } } }, prefixes))
    .toThrow(/"\/clinics" and "\/clinics\/\{id\}\/beds" need two variable children below "\/clinics", but a REST API allows only one/);
});

test('an HTTP API has no limit on variable children', () => {
  expect(traitsOf(ApiEndpoint.http(), ['/clinics', '/clinics/{id}/beds']).greedyRoutes).toEqual({});
});
