import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { methodsOf } from './methods';
import { ApiAuthorization, ApiEndpoint, RestApiEndpointOptions } from '../../../lib';
import { createDispatcher } from '../../../lib/runtime/dispatch';
import { rest } from '../../runtime/events';
import { newApi, newAppWithoutBundling, newStack, routersAt } from '../../support/app';

const JWT = ApiAuthorization.jwt({ issuer: 'https://issuer.example.com', audience: ['clinic'] });

function synthesise(prefixes: readonly string[], options: RestApiEndpointOptions = {}, stack = newStack({}, newAppWithoutBundling())): Template {
  newApi({ routers: routersAt(prefixes), endpoint: ApiEndpoint.rest(options) }, stack);
  return Template.fromStack(stack);
}

function newHandler(stack: Stack): lambda.Function {
  return new lambda.Function(stack, 'Authorizer', { runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline('//') });
}

test('a user pool\'s tokens, with scopes for one router, and one router that is public', () => {
  const stack = newStack({}, newAppWithoutBundling());
  const userPool = new cognito.UserPool(stack, 'Pool');
  const template = synthesise(['/health', '/orders', '/users'], {
    authorization: ApiAuthorization.cognito(userPool),
    routes: { '/health': { authorization: ApiAuthorization.none() }, '/orders': { authorization: ApiAuthorization.cognito(userPool, { scopes: ['clinic/order'] }) } },
  }, stack);
  expect(methodsOf(template)).toEqual({
    'ANY /health': 'NONE', 'ANY /health/{proxy+}': 'NONE', 'ANY /orders': 'COGNITO_USER_POOLS', 'ANY /orders/{proxy+}': 'COGNITO_USER_POOLS',
    'ANY /users': 'COGNITO_USER_POOLS', 'ANY /users/{proxy+}': 'COGNITO_USER_POOLS',
  });
  template.resourceCountIs('AWS::ApiGateway::Authorizer', 1);
  template.hasResourceProperties('AWS::ApiGateway::Authorizer', { Type: 'COGNITO_USER_POOLS', ProviderARNs: [stack.resolve(userPool.userPoolArn)] });
  expect(Object.values(template.findResources('AWS::ApiGateway::Method')).filter(({ Properties }) => Properties.AuthorizationScopes)).toHaveLength(2);
});

test('a Lambda authorizer is asked for each route and caller', () => {
  const stack = newStack({}, newAppWithoutBundling());
  const handler = newHandler(stack);
  const template = synthesise(['/users'], { authorization: ApiAuthorization.lambdaAuthorizer(handler) }, stack);
  template.hasResourceProperties('AWS::ApiGateway::Authorizer', {
    Type: 'REQUEST', AuthorizerResultTtlInSeconds: 300, IdentitySource: 'method.request.header.Authorization,context.resourcePath,context.httpMethod',
  });
  expect(methodsOf(template)).toEqual({ 'ANY /users': 'CUSTOM', 'ANY /users/{proxy+}': 'CUSTOM' });
  template.hasResourceProperties('AWS::Lambda::Permission', { FunctionName: stack.resolve(handler.functionArn), SourceArn: { 'Fn::Join': ['', Match.arrayWith(['/authorizers/'])] } });
});

test.each<[string, (stack: Stack) => RestApiEndpointOptions, RegExp]>([
  ['JWT', () => ({ authorization: JWT }), /authorization: a REST API has no JWT authorizer; use ApiAuthorization\.cognito or lambdaAuthorizer, or ApiEndpoint\.http/],
  ['JWT of one router', () => ({ routes: { '/users': { authorization: JWT } } }), /routes\["\/users"\]\.authorization: a REST API has no JWT authorizer/],
  ['clients', (stack) => {
    const pool = new cognito.UserPool(stack, 'Pool');
    return { authorization: ApiAuthorization.cognito(pool, { userPoolClients: [pool.addClient('Web')] }) };
  }, /accepts the tokens of every client of the user pool; leave userPoolClients out/],
  ['simple responses', (stack) => ({ authorization: ApiAuthorization.lambdaAuthorizer(newHandler(stack), { simpleResponses: true }) }), /takes IAM policies from its authorizers only; leave simpleResponses out/],
])('what a REST API does not know is refused with the alternative: %s', (_, options, message) => {
  const stack = newStack({}, newAppWithoutBundling());
  expect(() => synthesise(['/users'], options(stack), stack)).toThrow(message);
});

describe('one variable child below each resource', () => {
  const PREFIXES = ['/clinics', '/clinics/admin', '/clinics/{clinicId}/beds', '/health'];

  test('the enclosing route serves both where their authorization is equal', () => {
    expect(Object.keys(methodsOf(synthesise(PREFIXES, { routes: { '/clinics/admin': { authorization: ApiAuthorization.none() } } }))).sort()).toEqual([
      'ANY /clinics', 'ANY /clinics/admin', 'ANY /clinics/admin/{proxy+}', 'ANY /clinics/{proxy+}', 'ANY /health', 'ANY /health/{proxy+}',
    ]);
  });

  test('synthesis refuses where it is not, and names both', () => {
    expect(() => synthesise(PREFIXES, { routes: { '/clinics/{clinicId}/beds': { authorization: ApiAuthorization.none() } } }))
      .toThrow(/"\/clinics" and "\/clinics\/\{clinicId\}\/beds" need two variable children below "\/clinics".*different authorizations.*ApiEndpoint\.http/);
  });

  test('whatever route a request matches, it reaches only a router of that route\'s authorization', () => {
    const options: RestApiEndpointOptions = { routes: { '/clinics/admin': { authorization: ApiAuthorization.none() }, '/health': { authorization: ApiAuthorization.none() } } };
    const open = new Set(['/clinics/admin', '/health']);
    const dispatch = createDispatcher(PREFIXES.map((prefix) => ({ prefix, loadRouter: async () => ({}) })), ApiEndpoint.rest(options)._frontDoor(PREFIXES).greedyRoutes);
    const methods = Object.entries(methodsOf(synthesise(PREFIXES, options)));
    expect(methods.length).toBeGreaterThan(5);
    for (const [method, type] of methods) {
      for (const path of ['/clinics/admin', '/clinics/%61dmin', '/clinics/admin/x', '/clinics/7/beds', '/clinics//beds', '/health', '/clinics/7/beds/..%2F..%2Fadmin', '/clinics/x/../admin']) {
        const serve = () => dispatch(rest({ path, resource: method.replace('ANY ', '') })).route.prefix;
        let prefix: string | undefined;
        try {
          prefix = serve();
        } catch {
          continue;
        }
        expect([method, path, open.has(prefix)]).toEqual([method, path, type === 'NONE']);
      }
    }
  });
});

describe('200 routers', () => {
  const prefixes = Array.from({ length: 200 }, (_, i) => `/api/r${i}`);

  test('of equal authorization are served through one greedy route, within every limit', () => {
    const template = synthesise(prefixes, { cors: { allowOrigins: ['*'] } });
    expect(methodsOf(template)).toEqual({ 'ANY /api/{proxy+}': 'AWS_IAM', 'OPTIONS /api/{proxy+}': 'NONE' });
    template.resourceCountIs('AWS::Lambda::Permission', 1);
  });

  test('100 of them have routes of their own, in a template with room for more', () => {
    const template = synthesise(prefixes.slice(0, 100));
    expect(Object.keys(methodsOf(template))).toHaveLength(200);
    expect(Object.keys(template.toJSON().Resources).length).toBeLessThan(450);
  });

  test('of mixed authorization are refused', () => {
    expect(() => synthesise(prefixes, { routes: { '/api/r7': { authorization: ApiAuthorization.none() } } }))
      .toThrow(/200 routers need 800 resources of the template, which holds 500 with all else, and there may be 400; .*"\/api\/r0" and "\/api\/r7" have different authorizations.*divide them into several APIs/);
  });
});
