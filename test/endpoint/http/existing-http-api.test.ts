import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUrlIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ApiAuthorization, ApiEndpoint, ExistingHttpApiOptions, LazyApiFunction, Verify } from '../../../lib';
import { newApi, newAppWithoutBundling, newStack, routersAt } from '../../support/app';

const JWT = { issuer: 'https://issuer.example.com', audience: ['clinic'] };

function addTo(makeApi: (stack: Stack) => apigwv2.IHttpApi, options: ExistingHttpApiOptions = {}, stack = newStack({}, newAppWithoutBundling())): LazyApiFunction {
  return newApi({ routers: routersAt(['/users']), endpoint: ApiEndpoint.fromHttpApi(makeApi(stack), options) }, stack);
}

const ownApi = (stack: Stack) => new apigwv2.HttpApi(stack, 'Own', { corsPreflight: { allowOrigins: ['*'] } });
const importedApi = (stack: Stack) => apigwv2.HttpApi.fromHttpApiAttributes(stack, 'Imported', { httpApiId: 'abc', apiEndpoint: 'https://abc.example.com' });

const routesOf = (api: LazyApiFunction) => Object.values(Template.fromStack(Stack.of(api)).findResources('AWS::ApiGatewayV2::Route')).map(({ Properties: { RouteKey, AuthorizationType } }) => `${RouteKey} ${AuthorizationType}`);

test.each([['of this app', ownApi], ['that is imported', importedApi]])('an API %s gets only the routes of the routers', (_, makeApi) => {
  const api = addTo(makeApi);
  const template = Template.fromStack(Stack.of(api));
  expect(routesOf(api)).toEqual(['ANY /users AWS_IAM', 'ANY /users/{proxy+} AWS_IAM']);
  template.resourceCountIs('AWS::ApiGatewayV2::Api', makeApi === ownApi ? 1 : 0);
  template.resourceCountIs('AWS::ApiGatewayV2::Stage', makeApi === ownApi ? 1 : 0);
  template.resourceCountIs('AWS::Lambda::Permission', 1);
  template.resourceCountIs('AWS::ApiGatewayV2::Integration', 1);
  expect(api.endpoint.routes).toEqual(['ANY /users', 'ANY /users/{proxy+}']);
});

test('the URL and the metrics are those of the API', () => {
  expect(addTo(importedApi).url).toBe('https://abc.example.com/');
  const own = addTo(ownApi);
  expect(own.url).toMatch(/\/$/);
  expect(addTo(importedApi).endpoint.metrics.requests().dimensions).toEqual({ ApiId: 'abc' });
});

test('two functions share an API', () => {
  const stack = newStack({}, newAppWithoutBundling());
  const api = ownApi(stack);
  for (const name of ['users', 'orders']) {
    new LazyApiFunction(stack, name, { routers: routersAt([`/${name}`]), endpoint: ApiEndpoint.fromHttpApi(api, { authorization: ApiAuthorization.jwt(JWT) }) });
  }
  Template.fromStack(stack).resourceCountIs('AWS::ApiGatewayV2::Route', 4);
});

describe('an existing route', () => {
  const elsewhere = () => new HttpUrlIntegration('Elsewhere', 'https://example.com');

  test.each<[string, (api: apigwv2.HttpApi, stack: Stack) => unknown, RegExp | undefined]>([
    ['from another function is refused', (api, stack) => new LazyApiFunction(stack, 'Other', { routers: routersAt(['/users']), endpoint: ApiEndpoint.fromHttpApi(api), verify: Verify.off() }),
      /"ANY \/users" is a route of this function \(TestStack\/Api\/HttpApi\), but the API already has it \(TestStack\/Other\/HttpApi\/ANY users\); give the router another prefix/],
    ['from your code is refused', (api) => api.addRoutes({ path: '/users/{proxy+}', integration: elsewhere() }), /"ANY \/users\/\{proxy\+\}" is a route of this function .* \(TestStack\/Own\/.*\)/],
    ['for another method is accepted', (api) => api.addRoutes({ path: '/users', methods: [apigwv2.HttpMethod.GET], integration: elsewhere() }), undefined],
    ['of another API is accepted', (_, stack) => new apigwv2.HttpApi(stack, 'Another').addRoutes({ path: '/users', integration: elsewhere() }), undefined],
  ])('%s', (_, add, message) => {
    const stack = newStack({}, newAppWithoutBundling());
    const api = ownApi(stack);
    addTo(() => api, {}, stack);
    add(api, stack);
    const synth = () => Template.fromStack(stack);
    if (message) expect(synth).toThrow(message);
    else expect(synth).not.toThrow();
  });

  test('from another stack is refused if both stacks import the API', () => {
    const app = newAppWithoutBundling();
    const [one, two] = ['One', 'Two'].map((name) => new Stack(app, name));
    for (const stack of [one, two]) addTo(importedApi, {}, stack);
    expect(() => app.synth()).toThrow(/\(One\/Api\/HttpApi\), but the API already has it \(Two\/Api\/HttpApi\/ANY users\)/);
  });
});

describe('an existing route that differs only in the names of path variables', () => {
  const warningsOf = (prefixes: readonly [string, string], declare: (api: apigwv2.HttpApi) => unknown = () => undefined) => {
    const stack = newStack({}, newAppWithoutBundling());
    const api = ownApi(stack);
    declare(api);
    for (const [i, prefix] of prefixes.entries()) {
      new LazyApiFunction(stack, `Function${i}`, { routers: routersAt([prefix]), endpoint: ApiEndpoint.fromHttpApi(api), verify: Verify.off() });
    }
    return Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('cdk-lazy-api:similarRoutes')).map(({ entry }) => String(entry.data));
  };

  test('from another function causes a warning on each function, which names both routes', () => {
    expect(warningsOf(['/a/{x}', '/a/{y}'])).toEqual([
      expect.stringContaining('"ANY /a/{x}" is a route of this function, but the API has "ANY /a/{y}" (TestStack/Function1/HttpApi/ANY a {y}), which matches the same paths'),
      expect.stringContaining('"ANY /a/{y}" is a route of this function, but the API has "ANY /a/{x}" (TestStack/Function0/HttpApi/ANY a {x}), which matches the same paths'),
    ]);
  });

  test('from your code with a greedy variable causes a warning', () => {
    const declare = (api: apigwv2.HttpApi) => api.addRoutes({ path: '/a/{rest+}', integration: new HttpUrlIntegration('Elsewhere', 'https://example.com') });
    expect(warningsOf(['/a', '/b'], declare)).toEqual([expect.stringContaining('"ANY /a/{proxy+}" is a route of this function, but the API has "ANY /a/{rest+}"')]);
  });

  test('causes no warning if it matches other paths', () => {
    expect(warningsOf(['/a/{x}/b', '/a/{y}/c'])).toEqual([]);
    expect(warningsOf(['/a', '/{x}'])).toEqual([]);
  });
});

test('with preflight: true, preflight requests get separate routes without authorization', () => {
  expect(routesOf(addTo(ownApi, { preflight: true, authorization: ApiAuthorization.jwt(JWT) }))).toEqual([
    'OPTIONS /users NONE', 'ANY /users JWT', 'OPTIONS /users/{proxy+} NONE', 'ANY /users/{proxy+} JWT',
  ]);
});

test('throttle in routes is refused, because the stage of the API controls throttling', () => {
  expect(() => addTo(ownApi, { routes: { '/users': { throttle: { rateLimit: 1 } } } })).toThrow(/routes\["\/users"\]\.throttle is not supported: .*set it there/);
});

test.each<[string, (stack: Stack) => apigwv2.IHttpApi, ExistingHttpApiOptions, string]>([
  ['the default stage of an API of this app', ownApi, {}, '$default'],
  ['the default stage of an imported API', importedApi, {}, '$default'],
  ['a stage set by stageName', importedApi, { stageName: 'live' }, 'live'],
])('grantInvoke allows calls only to the routes of the routers, in %s', (_, makeApi, options, stage) => {
  const stack = newStack({}, newAppWithoutBundling());
  newApi({ routers: routersAt(['/users', '/users/archive', '/tenants/{id}/orders']), endpoint: ApiEndpoint.fromHttpApi(makeApi(stack), options) }, stack)
    .grantInvoke(new iam.Role(stack, 'Caller', { assumedBy: new iam.AccountRootPrincipal() }));
  const [{ Properties: { Roles, PolicyDocument: { Statement: [statement, ...others] } } }] = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy', {
    Properties: { Roles: [{ Ref: Match.stringLikeRegexp('^Caller') }] },
  }));
  expect([Roles.length, others]).toEqual([1, []]);
  expect(statement).toMatchObject({ Action: 'execute-api:Invoke', Effect: 'Allow' });
  const ends = (statement.Resource as Array<{ 'Fn::Join': [string, unknown[]] }>).map((arn) => arn['Fn::Join'][1].filter((part) => typeof part === 'string').pop());
  const allowed = ['/tenants/*/orders', '/tenants/*/orders/*', '/users', '/users/*'].map((path) => `/${stage}/*${path}`);
  expect(ends.map((end) => String(end).slice(String(end).indexOf(`/${stage}/`)))).toEqual(allowed);
});

test('the URL contains stageName, except for $default', () => {
  expect(addTo(importedApi, { stageName: 'live' }).url).toBe('https://abc.example.com/live/');
  expect(addTo(importedApi, { stageName: '$default' }).url).toBe('https://abc.example.com/');
});

test('routes for an API of another stack are in the stack of the function', () => {
  const app: App = newAppWithoutBundling();
  const shared = new apigwv2.HttpApi(new Stack(app, 'Shared'), 'Api');
  const api = newApi({ routers: routersAt(['/users']), endpoint: ApiEndpoint.fromHttpApi(shared) }, new Stack(app, 'Mine'));
  expect(routesOf(api)).toHaveLength(2);
  expect(Template.fromStack(Stack.of(shared)).findResources('AWS::ApiGatewayV2::Route')).toEqual({});
});
