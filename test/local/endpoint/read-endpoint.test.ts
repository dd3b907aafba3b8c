import * as path from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ApiAuthorization, ApiEndpoint, LazyApiFunction, Routers, Verify } from '../../../lib';
import { readEndpoint } from '../../../lib/local/endpoint/read-endpoint';
import { handlerSource, project } from '../../support/project';

function endpointOf(endpoint: ApiEndpoint) {
  const root = project({ 'src/routers/users.ts': handlerSource('users') });
  const stack = new Stack(new App(), 'Stack');
  const api = new LazyApiFunction(stack, 'Api', { routers: Routers.fromDirectory(path.join(root, 'src/routers')), endpoint, verify: Verify.off() });
  const functionId = stack.getLogicalId(api.function.node.defaultChild as never);
  return readEndpoint(Template.fromStack(stack).toJSON() as never, functionId);
}

const keys = ({ routes }: ReturnType<typeof endpointOf>) => routes.map(({ method, path: route, authorization: { kind } }) => `${method} ${route} ${kind}`);

test('readEndpoint reads an HTTP API', () => {
  const endpoint = endpointOf(ApiEndpoint.http({ cors: { allowOrigins: ['https://a.example'], allowCredentials: true } }));
  expect(endpoint).toMatchObject({ kind: 'http-api', payload: '2.0', stage: '$default', streaming: false, timeoutMs: 30_000 });
  expect(endpoint.cors).toMatchObject({ allowOrigins: ['https://a.example'], allowCredentials: true, allowMethods: expect.arrayContaining(['GET']) as string[] });
  expect(keys(endpoint)).toEqual(expect.arrayContaining(['ANY /users iam', 'ANY /users/{proxy+} iam', 'OPTIONS /users none']));
});

test('readEndpoint reads an HTTP API with a JWT authorizer', () => {
  const authorization = ApiAuthorization.jwt({ issuer: 'https://issuer.example', audience: ['api'], scopes: ['read'] });
  const [route] = endpointOf(ApiEndpoint.http({ authorization })).routes;
  expect(route.authorization).toMatchObject({ kind: 'jwt', scopes: ['read'], authorizer: { JwtConfiguration: { Issuer: 'https://issuer.example', Audience: ['api'] } } });
});

test('readEndpoint reads a REST API, which has separate routes for preflight requests', () => {
  const endpoint = endpointOf(ApiEndpoint.rest({ cors: { allowOrigins: ['https://a.example'] } }));
  expect(endpoint).toMatchObject({ kind: 'rest-api', payload: '1.0', stage: 'prod', streaming: false, binaryMediaTypes: ['*/*'] });
  expect(keys(endpoint).sort()).toEqual(['ANY /users iam', 'ANY /users/{proxy+} iam', 'OPTIONS /users none', 'OPTIONS /users/{proxy+} none']);
  expect(endpoint.routes.find(({ method }) => method === 'OPTIONS')!.answer).toMatchObject({ status: 204, headers: { 'Access-Control-Allow-Origin': 'https://a.example' } });
});

test('readEndpoint reads a REST API with several origins, and its response to requests without a route', () => {
  const { routes, gatewayResponses, timeoutMs } = endpointOf(ApiEndpoint.rest({ cors: { allowOrigins: ['https://a.example', 'https://b.example'] } }));
  expect(routes.find(({ method }) => method === 'OPTIONS')!.answer).toMatchObject({ otherOrigins: ['https://b.example'] });
  expect(gatewayResponses.MISSING_AUTHENTICATION_TOKEN).toMatchObject({ status: 404, template: '{"message":"Not Found"}' });
  expect(timeoutMs).toBe(29_000);
});

test('readEndpoint reads a REST API that streams', () => {
  expect(endpointOf(ApiEndpoint.rest({ streaming: true }))).toMatchObject({ kind: 'rest-api', streaming: true });
});

test('readEndpoint reads a function URL', () => {
  expect(endpointOf(ApiEndpoint.functionUrl({ streaming: true }))).toMatchObject({ kind: 'function-url', streaming: true, authorization: { kind: 'iam' } });
});

test('readEndpoint reads a function without an endpoint', () => {
  expect(endpointOf(ApiEndpoint.none())).toMatchObject({ kind: 'none', routes: [] });
});
