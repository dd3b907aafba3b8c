import { Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { authorizationsOf, methodsOf, plainStack, PREFIXES, restTemplate } from './support';
import { ApiAuthorization, ApiEndpoint, LambdaAuthorizationOptions, RestApiEndpointOptions } from '../../../lib';
import { newApi, routersAt } from '../../support/app';
import { traitsOf } from '../support';

function template(stack: Stack, options: RestApiEndpointOptions, prefixes = PREFIXES): Template {
  newApi({ routers: routersAt(prefixes), endpoint: ApiEndpoint.rest(options) }, stack);
  return Template.fromStack(stack);
}

function authorizer(stack: Stack): lambda.Function {
  return new lambda.Function(stack, 'Authorizer', { runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => ({})') });
}

test('routes are public only with ApiAuthorization.none()', () => {
  expect(new Set(Object.values(authorizationsOf(restTemplate({ authorization: ApiAuthorization.none() }))))).toEqual(new Set(['NONE']));
});

test('a router can have its own authorization', () => {
  const stack = plainStack();
  const result = template(stack, {
    authorization: ApiAuthorization.cognito(new UserPool(stack, 'Pool'), { scopes: ['clinic/read'] }),
    routes: { '/api/orders': { authorization: ApiAuthorization.none() } },
  });
  expect(authorizationsOf(result)).toEqual({
    'ANY /api/orders': 'NONE', 'ANY /api/orders/{proxy+}': 'NONE', 'ANY /api/users': 'COGNITO_USER_POOLS', 'ANY /api/users/{proxy+}': 'COGNITO_USER_POOLS',
  });
  result.hasResourceProperties('AWS::ApiGateway::Authorizer', {
    Type: 'COGNITO_USER_POOLS',
    IdentitySource: 'method.request.header.Authorization',
    ProviderARNs: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('^Pool'), 'Arn'] }],
  });
  const [id] = Object.keys(result.findResources('AWS::ApiGateway::Authorizer'));
  const methods = methodsOf(result);
  expect(methods['ANY /api/users']).toMatchObject({ AuthorizerId: { Ref: id }, AuthorizationScopes: ['clinic/read'] });
  expect(methods['ANY /api/orders'].AuthorizerId).toBeUndefined();
});

test('results of a Lambda authorizer are cached for five minutes, by Authorization header and route', () => {
  const stack = plainStack();
  const result = template(stack, { authorization: ApiAuthorization.lambdaAuthorizer(authorizer(stack)) });
  result.resourceCountIs('AWS::ApiGateway::Authorizer', 1);
  result.hasResourceProperties('AWS::ApiGateway::Authorizer', {
    Type: 'REQUEST',
    IdentitySource: 'method.request.header.Authorization,context.resourcePath,context.httpMethod',
    AuthorizerResultTtlInSeconds: 300,
    AuthorizerUri: { 'Fn::Join': ['', Match.arrayWith([{ 'Fn::GetAtt': [Match.stringLikeRegexp('^Authorizer'), 'Arn'] }, '/invocations'])] },
  });
  expect(new Set(Object.values(authorizationsOf(result)))).toEqual(new Set(['CUSTOM']));
  const [id] = Object.keys(result.findResources('AWS::ApiGateway::Authorizer'));
  result.hasResourceProperties('AWS::Lambda::Permission', {
    FunctionName: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Authorizer'), 'Arn'] },
    SourceArn: { 'Fn::Join': ['', Match.arrayWith(['/authorizers/', { Ref: id }])] },
  });
});

test('a Lambda authorizer without a cache needs no identity source', () => {
  const stack = plainStack();
  template(stack, { authorization: ApiAuthorization.lambdaAuthorizer(authorizer(stack), { cache: Duration.seconds(0), identity: [] }) })
    .hasResourceProperties('AWS::ApiGateway::Authorizer', { AuthorizerResultTtlInSeconds: 0, IdentitySource: Match.absent() });
});

test('authorizations with different options create two authorizers, and the ID of each depends only on its own options', () => {
  const stack = plainStack();
  const handler = authorizer(stack);
  const result = template(stack, {
    authorization: ApiAuthorization.lambdaAuthorizer(handler),
    routes: { '/api/orders': { authorization: ApiAuthorization.lambdaAuthorizer(handler, { cache: Duration.minutes(1) }) } },
  });
  result.resourceCountIs('AWS::ApiGateway::Authorizer', 2);
  const alone = plainStack();
  const [id] = Object.keys(template(alone, { authorization: ApiAuthorization.lambdaAuthorizer(authorizer(alone)) }).findResources('AWS::ApiGateway::Authorizer'));
  expect(Object.keys(result.findResources('AWS::ApiGateway::Authorizer'))).toContain(id);
});

test('routers with an authorizer require its context; routers that are public or use IAM authorization do not', () => {
  const stack = plainStack();
  const pool = ApiAuthorization.cognito(new UserPool(stack, 'Pool'));
  const { authorizedPrefixes } = traitsOf(ApiEndpoint.rest({
    authorization: pool, routes: { '/b': { authorization: ApiAuthorization.none() }, '/c': { authorization: ApiAuthorization.lambdaAuthorizer(authorizer(stack)) } },
  }), ['/a', '/b', '/c']);
  expect(authorizedPrefixes).toEqual(['/a', '/c']);
});

describe('synthesis refuses', () => {
  const lambdaRefusals: Array<[string, LambdaAuthorizationOptions, RegExp]> = [
    ['simple responses', { simpleResponses: true }, /authorization: simpleResponses is not supported: .*use ApiEndpoint\.http/],
    ['a cache of more than an hour', { cache: Duration.hours(2) }, /cache must be a Duration in whole seconds, from 0 to 3600/],
    ['a cache without an identity source', { identity: [] }, /identity must have at least one source while responses are cached/],
    ['the identity syntax of HTTP APIs', { identity: ['$request.header.Authorization'] }, /identity must use the syntax of REST APIs, .*got "\$request\.header\.Authorization"/],
  ];

  test.each(lambdaRefusals)('a Lambda authorizer with %s', (_, options, message) => {
    const stack = plainStack();
    expect(() => template(stack, { authorization: ApiAuthorization.lambdaAuthorizer(authorizer(stack), options) })).toThrow(message);
  });

  test('a JWT authorizer', () => {
    const jwt = ApiAuthorization.jwt({ issuer: 'https://issuer.example', audience: ['a'] });
    expect(() => restTemplate({ authorization: jwt })).toThrow(/TestStack\/Api: authorization: .*use ApiAuthorization\.cognito, ApiAuthorization\.lambdaAuthorizer, or ApiEndpoint\.http/);
    expect(() => restTemplate({ routes: { '/api/users': { authorization: jwt } } })).toThrow(/routes\["\/api\/users"\]\.authorization: /);
  });

  test('single clients of a user pool', () => {
    const stack = plainStack();
    const pool = new UserPool(stack, 'Pool');
    const authorization = ApiAuthorization.cognito(pool, { userPoolClients: [pool.addClient('Web')] });
    expect(() => template(stack, { authorization: ApiAuthorization.none(), routes: { '/api/users': { authorization } } }))
      .toThrow(/routes\["\/api\/users"\]\.authorization: userPoolClients must be left out/);
  });

  test('an eleventh authorizer', () => {
    const stack = plainStack();
    const handler = authorizer(stack);
    const prefixes = Array.from({ length: 11 }, (_, i) => `/r${i}`);
    const routes = Object.fromEntries(prefixes.map((prefix, i) => [prefix, { authorization: ApiAuthorization.lambdaAuthorizer(handler, { cache: Duration.seconds(i) }) }]));
    expect(() => template(stack, { routes }, prefixes)).toThrow(/a REST API has at most 10 authorizers/);
  });
});
