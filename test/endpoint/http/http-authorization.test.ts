import { Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ApiAuthorization, ApiEndpoint, HttpApiEndpointOptions, LambdaAuthorizationOptions } from '../../../lib';
import { newApi, newAppWithoutBundling, newStack, routersAt } from '../../support/app';

const PREFIXES = ['/health', '/orders', '/users'];
const JWT = { issuer: 'https://issuer.example.com', audience: ['clinic'] };

function synthesise(options: HttpApiEndpointOptions, stack = newStack({}, newAppWithoutBundling()), prefixes = PREFIXES): Template {
  newApi({ routers: routersAt(prefixes), endpoint: ApiEndpoint.http(options) }, stack);
  return Template.fromStack(stack);
}

/** Maps each route key to its kind of authorization and its scopes. */
function authorizationOf(template: Template): { readonly [routeKey: string]: string } {
  return Object.fromEntries(Object.values(template.findResources('AWS::ApiGatewayV2::Route')).map(({ Properties }) => [
    Properties.RouteKey, [Properties.AuthorizationType, ...Properties.AuthorizationScopes ?? []].join(' '),
  ]));
}

const authorizers = (template: Template) => Object.values(template.findResources('AWS::ApiGatewayV2::Authorizer')).map(({ Properties }) => Properties);

function newHandler(stack: Stack): lambda.Function {
  return new lambda.Function(stack, 'Authorizer', { runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline('//') });
}

test('one router is public, and the others require a token', () => {
  const template = synthesise({ authorization: ApiAuthorization.jwt(JWT), routes: { '/health': { authorization: ApiAuthorization.none() } } });
  expect(authorizationOf(template)).toEqual({
    'ANY /health': 'NONE', 'ANY /health/{proxy+}': 'NONE',
    'ANY /orders': 'JWT', 'ANY /orders/{proxy+}': 'JWT', 'ANY /users': 'JWT', 'ANY /users/{proxy+}': 'JWT',
  });
});

test('routes with different scopes share one JWT authorizer, which checks issuer and audience', () => {
  const template = synthesise({
    authorization: ApiAuthorization.jwt({ ...JWT, scopes: ['read'] }),
    routes: { '/orders': { authorization: ApiAuthorization.jwt({ ...JWT, scopes: ['order', 'admin'] }) } },
  });
  expect(authorizers(template)).toEqual([expect.objectContaining({
    AuthorizerType: 'JWT', IdentitySource: ['$request.header.Authorization'], JwtConfiguration: { Issuer: JWT.issuer, Audience: JWT.audience },
  })]);
  expect(authorizationOf(template)).toMatchObject({ 'ANY /orders': 'JWT order admin', 'ANY /users/{proxy+}': 'JWT read' });
});

test('adding an authorizer replaces no other, wherever its router sorts', () => {
  const idsOf = (routes: HttpApiEndpointOptions['routes']) => Object.keys(synthesise({ authorization: ApiAuthorization.jwt(JWT), routes }).findResources('AWS::ApiGatewayV2::Authorizer'));
  const [before] = idsOf({});
  const after = idsOf({ '/health': { authorization: ApiAuthorization.jwt({ ...JWT, issuer: 'https://other.example.com' }) } });
  expect(after).toHaveLength(2);
  expect(after).toContain(before);
});

test('Cognito authorization creates a JWT authorizer for the user pool and its clients', () => {
  const stack = newStack({}, newAppWithoutBundling());
  const userPool = new cognito.UserPool(stack, 'Pool');
  const client = userPool.addClient('Web');
  const template = synthesise({ authorization: ApiAuthorization.cognito(userPool, { userPoolClients: [client], scopes: ['clinic/read'] }) }, stack);
  expect(authorizers(template)).toEqual([expect.objectContaining({
    JwtConfiguration: {
      Audience: [stack.resolve(client.userPoolClientId)],
      Issuer: stack.resolve(`https://${userPool.userPoolProviderName}`),
    },
  })]);
  expect(authorizationOf(template)['ANY /users']).toBe('JWT clinic/read');
});

test('results of a Lambda authorizer are cached by route and caller, and only this API can invoke it', () => {
  const stack = newStack({}, newAppWithoutBundling());
  const handler = newHandler(stack);
  const template = synthesise({ authorization: ApiAuthorization.lambdaAuthorizer(handler) }, stack);
  expect(authorizers(template)).toEqual([expect.objectContaining({
    AuthorizerType: 'REQUEST', AuthorizerPayloadFormatVersion: '2.0', AuthorizerResultTtlInSeconds: 300, EnableSimpleResponses: false,
    IdentitySource: ['$request.header.Authorization', '$context.routeKey', '$context.httpMethod'],
  })]);
  expect(authorizationOf(template)['ANY /users']).toBe('CUSTOM');
  template.hasResourceProperties('AWS::Lambda::Permission', {
    FunctionName: stack.resolve(handler.functionArn),
    SourceArn: { 'Fn::Join': ['', Match.arrayWith([':execute-api:', { Ref: Match.stringLikeRegexp('^ApiHttpApi') }, '/authorizers/', { Ref: Match.stringLikeRegexp('LambdaAuthorizer') }])] },
  });
});

test.each<[LambdaAuthorizationOptions, object]>([
  [{ cache: Duration.seconds(0), identity: [] }, { AuthorizerResultTtlInSeconds: 0, IdentitySource: [] }],
  [{ simpleResponses: true, identity: ['$request.header.X-Key'] }, { EnableSimpleResponses: true, IdentitySource: ['$request.header.X-Key'] }],
])('a Lambda authorizer supports the options %j', (options, expected) => {
  const stack = newStack({}, newAppWithoutBundling());
  expect(authorizers(synthesise({ authorization: ApiAuthorization.lambdaAuthorizer(newHandler(stack), options) }, stack))).toEqual([expect.objectContaining(expected)]);
});

test.each<[string, (stack: Stack) => HttpApiEndpointOptions, RegExp]>([
  ['an empty audience', () => ({ authorization: ApiAuthorization.jwt({ ...JWT, audience: [] }) }), /^ApiAuthorization\.jwt: audience must be a list of at least one entry/],
  ['an issuer that is not a URL', () => ({ authorization: ApiAuthorization.jwt({ ...JWT, issuer: 'issuer.example.com' }) }), /^ApiAuthorization\.jwt: issuer must be the https:\/\/ URL .* got "issuer\.example\.com"$/],
  ['the identity syntax of REST APIs', (stack) => ({ authorization: ApiAuthorization.lambdaAuthorizer(newHandler(stack), { identity: ['method.request.header.Authorization'] }) }), /authorization: identity must use the syntax of HTTP APIs, .* got "method\.request\.header\.Authorization"/],
  ['a user pool without clients', (stack) => ({ authorization: ApiAuthorization.cognito(new cognito.UserPool(stack, 'Pool')) }), /authorization: .*userPoolClients/],
  ['a cache of more than an hour', (stack) => ({ authorization: ApiAuthorization.lambdaAuthorizer(newHandler(stack), { cache: Duration.hours(2) }) }), /cache must be a Duration in whole seconds, from 0 to 3600, got 2 hours/],
  ['a cache without an identity source', (stack) => ({ authorization: ApiAuthorization.lambdaAuthorizer(newHandler(stack), { identity: [] }) }), /identity must have at least one source while responses are cached/],
  ['a typo in routes', () => ({ routes: { '/user': { authorization: ApiAuthorization.none() } } }), /routes\["\/user"\] must be the prefix of a router; the prefixes are \/health, \/orders, \/users/],
  ['API keys', () => ({ routes: { '/users': { apiKeyRequired: true } } }), /routes\["\/users"\]\.apiKeyRequired is not supported: .*ApiEndpoint\.rest/],
])('%s: synthesis fails, and the error says what to do', (_, options, message) => {
  const stack = newStack({}, newAppWithoutBundling());
  expect(() => synthesise(options(stack), stack)).toThrow(message);
});

describe('200 routers', () => {
  const prefixes = Array.from({ length: 200 }, (_, i) => `/api/r${i}`);

  test('with the same authorization share one greedy route', () => {
    const template = synthesise({ authorization: ApiAuthorization.jwt(JWT), cors: { allowOrigins: ['*'] } }, undefined, prefixes);
    expect(authorizationOf(template)).toEqual({ 'ANY /api/{proxy+}': 'JWT', 'OPTIONS /api/{proxy+}': 'NONE' });
    template.resourceCountIs('AWS::Lambda::Permission', 1);
  });

  test('need a greedy route, but 150 routers have two routes each, the maximum of an HTTP API', () => {
    const template = synthesise({}, undefined, prefixes.slice(0, 150));
    expect(Object.keys(authorizationOf(template))).toHaveLength(300);
    template.resourceCountIs('AWS::Lambda::Permission', 1);
    expect(Object.keys(template.toJSON().Resources).length).toBeLessThan(500);
  });

  test.each<[string, HttpApiEndpointOptions, RegExp]>([
    ['authorization', { routes: { '/api/r7': { authorization: ApiAuthorization.none() } } }, /200 routers need 400 routes of an HTTP API, but at most 300 are allowed.*"\/api\/r0" and "\/api\/r7" have different authorizations.*divide them into several APIs/],
    ['throttle', { routes: { '/api/r7': { throttle: { rateLimit: 1, burstLimit: 1 } } } }, /"\/api\/r7" has separate settings/],
  ])('with a different %s for one of them are refused', (_, options, message) => {
    expect(() => synthesise(options, undefined, prefixes)).toThrow(message);
  });
});
