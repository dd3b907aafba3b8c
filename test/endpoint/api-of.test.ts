import { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { ApiEndpoint, HttpApiEndpoint, RestApiEndpoint } from '../../lib';
import { httpApiOf, restApiOf } from '../../lib/endpoint/api-of';
import { newApi, newAppWithoutBundling, newStack, routersAt } from '../support/app';

function endpointOf(endpoint: ApiEndpoint, stack = newStack({}, newAppWithoutBundling())) {
  return newApi({ routers: routersAt(['/users']), endpoint }, stack).endpoint;
}

test('the API of a new HTTP API is an HTTP API', () => {
  const endpoint = endpointOf(ApiEndpoint.http()) as HttpApiEndpoint;
  expect(httpApiOf(endpoint)).toBe(endpoint.httpApi);
  expect(restApiOf(endpoint)).toBeUndefined();
});

test('the API of a new REST API is a REST API', () => {
  const endpoint = endpointOf(ApiEndpoint.rest()) as RestApiEndpoint;
  expect(restApiOf(endpoint)).toBe(endpoint.restApi);
  expect(httpApiOf(endpoint)).toBeUndefined();
});

test('the API of an endpoint in an existing API is this very API, imported or not', () => {
  const stack = newStack({}, newAppWithoutBundling());
  const http = [new HttpApi(stack, 'Http'), HttpApi.fromHttpApiAttributes(stack, 'ImportedHttp', { httpApiId: 'abc', apiEndpoint: 'https://abc.example.com' })];
  const rest = [new RestApi(stack, 'Rest'), RestApi.fromRestApiAttributes(stack, 'ImportedRest', { restApiId: 'abc', rootResourceId: 'root' })];
  for (const api of http) {
    const endpoint = endpointOf(ApiEndpoint.fromHttpApi(api));
    expect([httpApiOf(endpoint), restApiOf(endpoint)]).toEqual([api, undefined]);
  }
  for (const api of rest) {
    // An API that deploys itself takes routes of its own stack alone.
    const endpoint = endpointOf(ApiEndpoint.fromRestApi(api), api === rest[0] ? stack : undefined);
    expect([httpApiOf(endpoint), restApiOf(endpoint)]).toEqual([undefined, api]);
  }
});

test.each([['functionUrl', ApiEndpoint.functionUrl()], ['none', ApiEndpoint.none()]])('ApiEndpoint.%s has no API', (_, kind) => {
  const endpoint = endpointOf(kind);
  expect([httpApiOf(endpoint), restApiOf(endpoint)]).toEqual([undefined, undefined]);
});
