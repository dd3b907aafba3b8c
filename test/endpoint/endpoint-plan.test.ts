import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { planOf } from './support';
import { ApiAuthorization, ApiEndpoint, RouteOptions } from '../../lib';
import { newAppWithoutBundling, newStack } from '../support/app';

interface Options {
  readonly routes: { [prefix: string]: RouteOptions };
}

const KINDS: ReadonlyArray<[string, (options: Options, stack: Stack) => ApiEndpoint, string]> = [
  ['http', (options) => ApiEndpoint.http(options), 'AWS::ApiGatewayV2::Route'],
  ['rest', (options) => ApiEndpoint.rest(options), 'AWS::ApiGateway::Method'],
  ['fromHttpApi', (options, stack) => ApiEndpoint.fromHttpApi(new HttpApi(stack, 'Mine'), options), 'AWS::ApiGatewayV2::Route'],
  ['fromRestApi', (options, stack) => ApiEndpoint.fromRestApi(new RestApi(stack, 'Mine'), options), 'AWS::ApiGateway::Method'],
];

test.each(KINDS)('ApiEndpoint.%s ignores changes to its options between planning and creation', (_, endpointOf, type) => {
  const stack = newStack({}, newAppWithoutBundling());
  const target = new Function(stack, 'Function', { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('//') });
  const routes: Options['routes'] = {};
  const plan = planOf(endpointOf({ routes }, stack), ['/users']);
  routes['/users'] = { authorization: ApiAuthorization.none() };
  const endpoint = plan.bind(stack, target);
  expect(endpoint.routes).toEqual(['ANY /users', 'ANY /users/{proxy+}']);
  const created = Object.values(Template.fromStack(stack).findResources(type));
  expect(created.map(({ Properties }) => Properties.AuthorizationType)).toEqual(['AWS_IAM', 'AWS_IAM']);
});

test.each([
  ['http', ApiEndpoint.http()], ['rest', ApiEndpoint.rest()], ['functionUrl', ApiEndpoint.functionUrl()],
])('ApiEndpoint.%s has an output of the URL', (_, endpoint) => {
  expect(planOf(endpoint, ['/users']).urlOutput).toBe(true);
});

test('existing APIs and ApiEndpoint.none() have no output of the URL', () => {
  const stack = newStack();
  const endpoints = [ApiEndpoint.fromHttpApi(new HttpApi(stack, 'Http')), ApiEndpoint.fromRestApi(new RestApi(stack, 'Rest')), ApiEndpoint.none()];
  expect(endpoints.map((endpoint) => planOf(endpoint, ['/users']).urlOutput)).toEqual([false, false, false]);
});
