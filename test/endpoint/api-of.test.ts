import { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { ApiEndpoint, HttpApiEndpoint, RestApiEndpoint } from '../../lib';
import { newApi, newAppWithoutBundling, newStack, routersAt } from '../support/app';

function apiWith(endpoint: ApiEndpoint, stack = newStack({}, newAppWithoutBundling())) {
  return newApi({ routers: routersAt(['/users']), endpoint }, stack);
}

test('httpApi is the new HTTP API, and restApi is undefined', () => {
  const api = apiWith(ApiEndpoint.http());
  expect(api.httpApi).toBe((api.endpoint as HttpApiEndpoint).httpApi);
  expect(api.restApi).toBeUndefined();
});

test('restApi is the new REST API, and httpApi is undefined', () => {
  const api = apiWith(ApiEndpoint.rest());
  expect(api.restApi).toBe((api.endpoint as RestApiEndpoint).restApi);
  expect(api.httpApi).toBeUndefined();
});

test('httpApi or restApi is the existing API, imported or not', () => {
  const stack = newStack({}, newAppWithoutBundling());
  const http = [new HttpApi(stack, 'Http'), HttpApi.fromHttpApiAttributes(stack, 'ImportedHttp', { httpApiId: 'abc', apiEndpoint: 'https://abc.example.com' })];
  const rest = [new RestApi(stack, 'Rest'), RestApi.fromRestApiAttributes(stack, 'ImportedRest', { restApiId: 'abc', rootResourceId: 'root' })];
  for (const api of http) {
    const { httpApi, restApi } = apiWith(ApiEndpoint.fromHttpApi(api));
    expect([httpApi, restApi]).toEqual([api, undefined]);
  }
  for (const api of rest) {
    // An API that deploys itself accepts routes only from its own stack.
    const { httpApi, restApi } = apiWith(ApiEndpoint.fromRestApi(api), api === rest[0] ? stack : undefined);
    expect([httpApi, restApi]).toEqual([undefined, api]);
  }
});

test.each([['functionUrl', ApiEndpoint.functionUrl()], ['none', ApiEndpoint.none()]])('ApiEndpoint.%s has no API', (_, kind) => {
  const { httpApi, restApi } = apiWith(kind);
  expect([httpApi, restApi]).toEqual([undefined, undefined]);
});
