/**
 * These tests check which authorizer a router gets if user pools, clients, and functions in several stacks have the same construct ID.
 */
import { App, Aws, CfnParameter, Fn, Lazy, NestedStack, SecretValue, Stack, Stage, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ApiAuthorization, ApiEndpoint } from '../../lib';
import { newApi, newAppWithoutBundling, routersAt } from '../support/app';

type Routes = { readonly [prefix: string]: ApiAuthorization };

const pool = (scope: Construct) => new cognito.UserPool(scope, 'Pool');
const handler = (scope: Construct) => new lambda.Function(scope, 'Authorizer', { runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline('//') });

/** For each kind of API: the CloudFormation types of authorizers and routes, and how to create an endpoint. */
const KINDS = {
  http: { type: 'AWS::ApiGatewayV2::Authorizer', route: 'AWS::ApiGatewayV2::Route', create: ApiEndpoint.http },
  rest: { type: 'AWS::ApiGateway::Authorizer', route: 'AWS::ApiGateway::Method', create: ApiEndpoint.rest },
};

function synthesize(kind: keyof typeof KINDS, routes: Routes, stack: Stack): Template {
  newApi({
    routers: routersAt(Object.keys(routes)),
    endpoint: KINDS[kind].create({ routes: Object.fromEntries(Object.entries(routes).map(([prefix, authorization]) => [prefix, { authorization }])) }),
  }, stack);
  return Template.fromStack(stack);
}

/** Maps the logical ID of each authorizer to its properties without the name. */
const authorizersOf = (kind: keyof typeof KINDS, template: Template) => Object.fromEntries(
  Object.entries(template.findResources(KINDS[kind].type)).map(([id, { Properties: { Name, ...own } }]) => [id, JSON.stringify(own)]),
);

/** Maps the logical ID of each route to the properties of its authorizer. */
function guardsOf(kind: keyof typeof KINDS, template: Template): { readonly [route: string]: string } {
  const authorizers = authorizersOf(kind, template);
  return Object.fromEntries(Object.entries(template.findResources(KINDS[kind].route)).map(([id, { Properties: { AuthorizerId } }]) => [id, authorizers[AuthorizerId.Ref]]));
}

/** Pairs of scopes for constructs with the same ID. */
const PLACES: Array<[string, (app: App, stack: Stack) => Construct[]]> = [
  ['in two other stacks', (app) => [new Stack(app, 'A'), new Stack(app, 'B')]],
  ['in this stack and another', (app, stack) => [stack, new Stack(app, 'B')]],
  ['in two nested stacks', (_, stack) => [new NestedStack(stack, 'A'), new NestedStack(stack, 'B')]],
  ['in a nested stack and its parent', (_, stack) => [new NestedStack(stack, 'A'), stack]],
  ['below two constructs in this stack', (_, stack) => [new Construct(stack, 'A'), new Construct(stack, 'B')]],
];

const AUTHORIZATIONS: Array<[keyof typeof KINDS, string, (place: Construct) => ApiAuthorization]> = [
  ['http', 'user pools', (place) => {
    const userPool = pool(place);
    return ApiAuthorization.cognito(userPool, { userPoolClients: [userPool.addClient('Client')] });
  }],
  ['http', 'authorizer functions', (place) => ApiAuthorization.lambdaAuthorizer(handler(place))],
  ['http', 'issuers by reference', (place) => ApiAuthorization.jwt({ issuer: pool(place).userPoolProviderUrl, audience: ['a'] })],
  ['http', 'audiences by reference', (place) => ApiAuthorization.jwt({ issuer: 'https://issuer.example.com', audience: [pool(place).addClient('Client').userPoolClientId] })],
  ['rest', 'user pools', (place) => ApiAuthorization.cognito(pool(place))],
  ['rest', 'authorizer functions', (place) => ApiAuthorization.lambdaAuthorizer(handler(place))],
];

describe.each(PLACES)('%s', (_, placesOf) => {
  test.each(AUTHORIZATIONS)('in an API of kind %s, %s with the same ID create two authorizers', (kind, _what, authorize) => {
    const app = newAppWithoutBundling();
    const stack = new Stack(app, 'Api');
    const [a, b] = placesOf(app, stack).map(authorize);
    const template = synthesize(kind, { '/a': a, '/b': b }, stack);
    const guards = Object.entries(guardsOf(kind, template));
    const [ofA, ofB] = ['a', 'b'].map((name) => [...new Set(guards.filter(([id]) => new RegExp(`ANY${name}`).test(id)).map(([, guard]) => guard))]);
    expect(ofA).toEqual([expect.any(String)]);
    expect(ofB).toEqual([expect.any(String)]);
    expect(ofA).not.toEqual(ofB);
  });
});

test('two clients of one user pool create two authorizers', () => {
  const stack = new Stack(newAppWithoutBundling(), 'Api');
  const other = new Stack(stack.node.root as App, 'Other');
  const userPool = pool(other);
  const clients = [new Construct(other, 'A'), new Construct(new Stack(stack.node.root as App, 'Third'), 'A')].map((place) => new cognito.UserPoolClient(place, 'Client', { userPool }));
  const [a, b] = clients.map((client) => ApiAuthorization.cognito(userPool, { userPoolClients: [client] }));
  expect(Object.keys(authorizersOf('http', synthesize('http', { '/a': a, '/b': b }, stack)))).toHaveLength(2);
});

describe('an authorizer', () => {
  const count = (routes: (stack: Stack) => Routes) => {
    const stack = new Stack(newAppWithoutBundling(), 'Api');
    return Object.keys(authorizersOf('http', synthesize('http', routes(stack), stack))).length;
  };
  const jwt = (issuer: string, audience = ['a']) => ApiAuthorization.jwt({ issuer, audience });

  test.each<[string, (stack: Stack) => Routes]>([
    ['the same function of another stack', (stack) => {
      const fn = handler(new Stack(stack.node.root as App, 'Other'));
      return { '/a': ApiAuthorization.lambdaAuthorizer(fn), '/b': ApiAuthorization.lambdaAuthorizer(fn) };
    }],
    ['the same attribute of the same user pool', (stack) => {
      const userPool = pool(stack);
      return { '/a': jwt(userPool.userPoolProviderUrl), '/b': jwt(`${userPool.userPoolProviderUrl}`) };
    }],
    ['the same parameter', (stack) => {
      const parameter = new CfnParameter(stack, 'Issuer');
      return { '/a': jwt(parameter.valueAsString), '/b': jwt(parameter.valueAsString) };
    }],
    ['the same text with the region of the stack', () => ({ '/a': jwt(`https://cognito-idp.${Aws.REGION}.amazonaws.com/x`), '/b': jwt(`https://cognito-idp.${Aws.REGION}.amazonaws.com/x`) })],
    ['the same authorization object, whatever tokens it contains', () => {
      const authorization = jwt(Fn.importValue('Issuer'), [Lazy.string({ produce: () => 'a' })]);
      return { '/a': authorization, '/b': authorization };
    }],
  ])('is shared by routers with %s', (_, routes) => expect(count(routes)).toBe(1));

  test.each<[string, (stack: Stack) => Routes]>([
    ['two attributes of one user pool', (stack) => {
      const userPool = pool(stack);
      return { '/a': jwt(userPool.userPoolProviderUrl), '/b': jwt(userPool.userPoolProviderName) };
    }],
    ['tokens that refer to no construct, even if they are the same', () => {
      const issuer = Fn.importValue('Issuer');
      return { '/a': jwt(issuer), '/b': jwt(issuer) };
    }],
    ['different texts around one token', () => ({ '/a': jwt(`https://a.${Aws.REGION}.x`), '/b': jwt(`https://b.${Aws.REGION}.x`) })],
    ['secrets in the issuer', () => {
      const issuer = `https://${SecretValue.secretsManager('Issuer')}`;
      return { '/a': jwt(issuer), '/b': jwt(issuer) };
    }],
    ['user pools that are not constructs', () => {
      class Pool {
        public get userPoolArn() { return 'arn:aws:cognito-idp:eu-central-1:123456789012:userpool/x'; }
        public get userPoolProviderName() { return 'cognito-idp.eu-central-1.amazonaws.com/x'; }
        public get userPoolClientId() { return 'client'; }
      }
      const ofPool = () => ApiAuthorization.cognito(new Pool() as unknown as cognito.IUserPool, { userPoolClients: [new Pool() as unknown as cognito.IUserPoolClient] });
      return { '/a': ofPool(), '/b': ofPool() };
    }],
    ['lists that are tokens', () => ({ '/a': jwt('https://x', Token.asList(Fn.importValue('A'))), '/b': jwt('https://x', Token.asList(Fn.importValue('A'))) })],
  ])('is not shared by %s', (_, routes) => expect(count(routes)).toBe(2));
});

test('an authorizer has the same logical ID in every Stage', () => {
  const app = newAppWithoutBundling();
  const ids = ['Test', 'Prod'].map((name) => {
    const stage = new Stage(app, name);
    const userPool = pool(new Stack(stage, 'Auth'));
    const stack = new Stack(stage, 'Api');
    return Object.keys(authorizersOf('rest', synthesize('rest', { '/a': ApiAuthorization.cognito(userPool), '/b': ApiAuthorization.lambdaAuthorizer(handler(stack)) }, stack)));
  });
  expect(ids[0]).toHaveLength(2);
  expect(ids[0]).toEqual(ids[1]);
});

test('routers share a greedy route only if synthesis knows that they have the same authorizer', () => {
  const prefixes = Array.from({ length: 151 }, (_, i) => `/api/r${i}`);
  const synthesizeAll = (authorize: () => ApiAuthorization) => synthesize('http', Object.fromEntries(prefixes.map((prefix) => [prefix, authorize()])), new Stack(newAppWithoutBundling(), 'Api'));
  const issuer = Fn.importValue('Issuer');
  const one = ApiAuthorization.jwt({ issuer, audience: ['a'] });
  synthesizeAll(() => one).resourceCountIs('AWS::ApiGatewayV2::Route', 1);
  expect(() => synthesizeAll(() => ApiAuthorization.jwt({ issuer, audience: ['a'] }))).toThrow(/"\/api\/r0" and "\/api\/r1" have different authorizations/);
});
