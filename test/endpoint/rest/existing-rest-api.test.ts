import { Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import * as iam from 'aws-cdk-lib/aws-iam';
import { authorizationsOf, methodsOf, plainStack, PREFIXES } from './support';
import { ApiAuthorization, ApiEndpoint, ExistingRestApiOptions, LazyApiFunction, Verify } from '../../../lib';
import { routersAt } from '../../support/app';
import { traitsOf } from '../support';

function existing(props: apigateway.RestApiProps = {}) {
  const stack = plainStack();
  return { stack, api: new apigateway.RestApi(stack, 'Mine', { cloudWatchRole: false, ...props }) };
}

function addTo(api: apigateway.IRestApi, options: ExistingRestApiOptions = {}, prefixes = PREFIXES, scope = Stack.of(api), id = 'Api'): LazyApiFunction {
  return new LazyApiFunction(scope, id, { routers: routersAt(prefixes), endpoint: ApiEndpoint.fromRestApi(api, options), verify: Verify.off() });
}

const deploymentOf = (stack: Stack) => Object.entries(Template.fromStack(stack).findResources('AWS::ApiGateway::Deployment'))[0];

function imported(stack: Stack): apigateway.IRestApi {
  return apigateway.RestApi.fromRestApiAttributes(stack, 'Imported', { restApiId: 'a1', rootResourceId: 'r1', restApiName: 'clinic' });
}

test('the API gets the routes, which use IAM authorization by default and share one permission', () => {
  const { stack, api } = existing();
  addTo(api);
  const template = Template.fromStack(stack);
  expect(authorizationsOf(template)).toEqual({
    'ANY /api/orders': 'AWS_IAM', 'ANY /api/orders/{proxy+}': 'AWS_IAM', 'ANY /api/users': 'AWS_IAM', 'ANY /api/users/{proxy+}': 'AWS_IAM',
  });
  template.resourceCountIs('AWS::ApiGateway::RestApi', 1);
  template.resourceCountIs('AWS::Lambda::Permission', 1);
});

test('the routes use existing resources of the API', () => {
  const { stack, api } = existing();
  api.root.addResource('api').addResource('users').addResource('{proxy+}');
  api.root.addResource('old').addMethod('GET');
  addTo(api);
  const template = Template.fromStack(stack);
  expect(Object.keys(methodsOf(template)).sort()).toEqual(['ANY /api/orders', 'ANY /api/orders/{proxy+}', 'ANY /api/users', 'ANY /api/users/{proxy+}', 'GET /old']);
  // api, users, {proxy+}, orders, {proxy+}, old
  template.resourceCountIs('AWS::ApiGateway::Resource', 6);
});

test('the deployment of an API in the same stack includes the routes', () => {
  const plain = existing();
  plain.api.root.addMethod('GET');
  const [before] = deploymentOf(plain.stack);
  const { stack, api } = existing();
  api.root.addMethod('GET');
  addTo(api);
  const [after, { DependsOn }] = deploymentOf(stack);
  expect(after).not.toBe(before);
  expect(DependsOn).toEqual(expect.arrayContaining(Object.keys(Template.fromStack(stack).findResources('AWS::ApiGateway::Method'))));
  expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('next deployment'))).toEqual([]);
});

test('the default authorizer and CORS options of the API do not apply to the routes', () => {
  const { stack, api } = existing({
    defaultCorsPreflightOptions: { allowOrigins: ['https://app.example.com'] },
    defaultMethodOptions: { authorizationType: apigateway.AuthorizationType.CUSTOM, authorizer: { authorizerId: 'abc', authorizationType: apigateway.AuthorizationType.CUSTOM } },
  });
  addTo(api, { cors: { allowOrigins: ['https://app.example.com'] }, routes: { '/api/users': { authorization: ApiAuthorization.none() } } }, ['/api/users', '/api/orders']);
  const methods = methodsOf(Template.fromStack(stack));
  expect(methods['ANY /api/orders']).toMatchObject({ AuthorizationType: 'AWS_IAM' });
  expect(methods['ANY /api/users']).toMatchObject({ AuthorizationType: 'NONE' });
  expect([methods['ANY /api/orders'].AuthorizerId, methods['ANY /api/users'].AuthorizerId]).toEqual([undefined, undefined]);
  // The API's own OPTIONS method.
  expect(Object.keys(methods).filter((route) => route === 'OPTIONS /api/users')).toHaveLength(1);
});

describe('an existing OPTIONS method on the path of a route', () => {
  const CORS = { allowOrigins: ['https://ours.example'] };
  const THEIRS = { allowOrigins: ['https://theirs.example'] };
  const warnings = (stack: Stack) => Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('cdk-lazy-api:corsOfTheApi')).map(({ entry }) => String(entry.data));

  test.each<[string, apigateway.RestApiProps, (api: apigateway.RestApi) => unknown, string]>([
    ['from the defaults of the API', { defaultCorsPreflightOptions: THEIRS }, () => undefined, '"/api/users" and 1 more: the API already has an OPTIONS method for them (TestStack/'],
    ['from the defaults of a parent resource', {}, (api) => api.root.addResource('api', { defaultCorsPreflightOptions: THEIRS }), '"/api/users" and 1 more: '],
    ['from one resource', {}, (api) => api.root.resourceForPath('/api/users').addCorsPreflight(THEIRS), '"/api/users": '],
  ])('%s stays, and a warning names the first route', (_, props, declare, message) => {
    const { stack, api } = existing(props);
    declare(api);
    addTo(api, { cors: CORS }, ['/api/users']);
    expect(JSON.stringify(methodsOf(Template.fromStack(stack))['OPTIONS /api/users'])).toContain('https://theirs.example');
    expect(warnings(stack)).toEqual([expect.stringContaining(`cors does not apply to preflight requests of ${message}`)]);
    expect(warnings(stack)[0]).toContain('give the API the same CORS options, or remove its defaultCorsPreflightOptions');
  });

  test.each<[string, apigateway.RestApiProps, ExistingRestApiOptions]>([
    ['the endpoint has no CORS options', { defaultCorsPreflightOptions: THEIRS }, {}],
    ['the API has no OPTIONS methods', {}, { cors: CORS }],
  ])('causes no warning if %s', (_, props, options) => {
    const { stack, api } = existing(props);
    addTo(api, options);
    expect(warnings(stack)).toEqual([]);
  });
});

test('the scopes, models, parameters, and operation names of the API\'s default method options do not apply to the routes', () => {
  const { stack, api } = existing({
    defaultMethodOptions: {
      authorizationScopes: ['their/scope'],
      operationName: 'their operation',
      requestParameters: { 'method.request.querystring.their': true },
      requestModels: { 'application/json': apigateway.Model.EMPTY_MODEL },
      methodResponses: [{ statusCode: '418' }],
    },
  });
  const userPool = new UserPool(stack, 'Pool');
  addTo(api, {
    cors: { allowOrigins: ['*'] },
    authorization: ApiAuthorization.cognito(userPool),
    routes: { '/api/users': { authorization: ApiAuthorization.cognito(userPool, { scopes: ['our/scope'] }) } },
  }, ['/api/users', '/api/orders']);
  const methods = methodsOf(Template.fromStack(stack));
  for (const route of ['ANY /api/users', 'ANY /api/orders', 'ANY /api/orders/{proxy+}']) {
    expect(JSON.stringify(methods[route])).not.toMatch(/their|OperationName|RequestModels|418/);
  }
  expect(JSON.stringify(methods['OPTIONS /api/users'])).not.toMatch(/their|OperationName|RequestModels|418/);
  expect([methods['ANY /api/users'].AuthorizationScopes, methods['ANY /api/orders'].AuthorizationScopes]).toEqual([['our/scope'], undefined]);
});

test('routes require an API key if the API\'s default method options do, unless the routes set apiKeyRequired', () => {
  const { stack, api } = existing({ defaultMethodOptions: { apiKeyRequired: true } });
  addTo(api, { routes: { '/api/users': { apiKeyRequired: false } } }, ['/api/users', '/api/orders']);
  const methods = methodsOf(Template.fromStack(stack));
  expect([methods['ANY /api/users'].ApiKeyRequired, methods['ANY /api/orders'].ApiKeyRequired]).toEqual([false, true]);
});

test('CORS, streaming, and the integration timeout come from the options of the endpoint', () => {
  const { stack, api } = existing();
  addTo(api, { cors: { allowOrigins: ['*'] }, streaming: true });
  const methods = methodsOf(Template.fromStack(stack));
  expect(methods['OPTIONS /api/users']).toMatchObject({ AuthorizationType: 'NONE', Integration: { Type: 'MOCK' } });
  expect(methods['ANY /api/users'].Integration).toMatchObject({ ResponseTransferMode: 'STREAM', TimeoutInMillis: 900_000 });
  expect(traitsOf(ApiEndpoint.fromRestApi(api, { cors: { allowOrigins: ['*'] }, streaming: true }), PREFIXES)).toMatchObject({ streaming: true, cors: { allowOrigins: ['*'] } });
});

test('URL, metrics, and grantInvoke use the stage of the API, and grantInvoke covers only the routes', () => {
  const { stack, api } = existing({ restApiName: 'clinic' });
  const added = addTo(api);
  expect(stack.resolve(added.url)).toEqual(stack.resolve(api.url));
  expect(added.endpoint.metrics.requests().dimensions).toEqual({ ApiName: 'clinic', Stage: api.deploymentStage.stageName });
  const caller = new iam.Role(stack, 'Caller', { assumedBy: new iam.AccountRootPrincipal() });
  added.grantInvoke(caller);
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: [{
        Effect: 'Allow', Action: 'execute-api:Invoke', Resource: PREFIXES.flatMap((prefix) => [prefix, `${prefix}/*`]).map((path) => (
          { 'Fn::Join': ['', Match.arrayWith([{ Ref: Match.stringLikeRegexp('^MineDeploymentStage') }, `/*${path}`])] }
        )),
      }],
    },
  });
});

test('two functions share an API and its parent resources', () => {
  const { stack, api } = existing();
  addTo(api, {}, ['/api/users']);
  addTo(api, { authorization: ApiAuthorization.none() }, ['/api/orders'], stack, 'Second');
  const template = Template.fromStack(stack);
  expect(authorizationsOf(template)).toEqual({
    'ANY /api/users': 'AWS_IAM', 'ANY /api/users/{proxy+}': 'AWS_IAM', 'ANY /api/orders': 'NONE', 'ANY /api/orders/{proxy+}': 'NONE',
  });
  template.resourceCountIs('AWS::ApiGateway::Resource', 5);
});

test('authorizers of two functions have different names in one API', () => {
  const { stack, api } = existing();
  const authorization = ApiAuthorization.cognito(new UserPool(stack, 'Pool'));
  addTo(api, { authorization }, ['/api/users']);
  addTo(api, { authorization }, ['/api/orders'], stack, 'Second');
  const names = Object.values(Template.fromStack(stack).findResources('AWS::ApiGateway::Authorizer')).map(({ Properties }) => Properties.Name as string);
  expect(new Set(names).size).toBe(2);
});

describe('an imported API', () => {
  test('gets the routes below its root, and a warning says that they need a deployment', () => {
    const stack = plainStack();
    const added = addTo(imported(stack), { stageName: 'live' }, PREFIXES, stack);
    const template = Template.fromStack(stack);
    expect(Object.keys(methodsOf(template)).sort()).toEqual(['ANY /api/orders', 'ANY /api/orders/{proxy+}', 'ANY /api/users', 'ANY /api/users/{proxy+}']);
    template.hasResourceProperties('AWS::ApiGateway::Resource', { RestApiId: 'a1', ParentId: 'r1', PathPart: 'api' });
    expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('the routes work only after its next deployment.*cdk-lazy-api:redeploy'))).toHaveLength(1);
    expect(stack.resolve(added.url)).toEqual({ 'Fn::Join': ['', ['https://a1.execute-api.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }, '/live/']] });
    expect(added.endpoint.metrics.latency().dimensions).toEqual({ ApiName: 'clinic', Stage: 'live' });
  });

  test('has no URL without stageName', () => {
    const stack = plainStack();
    const added = addTo(imported(stack), {}, PREFIXES, stack);
    expect(Template.fromStack(stack).findOutputs('*')).toEqual({});
    expect(() => added.url).toThrow(/pass stageName to ApiEndpoint\.fromRestApi/);
    expect(added.endpoint.metrics.requests().dimensions).toEqual({ ApiName: 'clinic' });
  });

  test('must have a known root resource', () => {
    const stack = plainStack();
    const api = apigateway.RestApi.fromRestApiId(stack, 'Imported', 'a1');
    expect(() => addTo(api, {}, PREFIXES, stack)).toThrow(/must have a known root resource to add routes to; import it with RestApi\.fromRestApiAttributes/);
  });

  test('can be an API of another stack, imported by its attributes', () => {
    const { stack: first, api } = existing();
    api.root.addMethod('GET');
    const stack = new Stack(first.node.root, 'Second');
    const there = apigateway.RestApi.fromRestApiAttributes(stack, 'Imported', { restApiId: api.restApiId, rootResourceId: api.restApiRootResourceId });
    addTo(there, { stageName: 'prod' }, PREFIXES, stack);
    expect(Object.keys(methodsOf(Template.fromStack(stack)))).toHaveLength(4);
  });
});

test('an API of another stack with deploy: false gets the routes, with the same warning', () => {
  const { stack: first, api } = existing({ deploy: false });
  const stack = new Stack(first.node.root, 'Second');
  addTo(api, { stageName: 'live' }, PREFIXES, stack);
  expect(Object.keys(methodsOf(Template.fromStack(stack)))).toHaveLength(4);
  expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('cdk-lazy-api:redeploy'))).toHaveLength(1);
});

test('an API of another stack that deploys itself is refused, and the error names the alternatives', () => {
  const { stack: first, api } = existing();
  api.root.addMethod('GET');
  const stack = new Stack(first.node.root, 'Second');
  expect(() => addTo(api, {}, PREFIXES, stack)).toThrow(/put both into one stack, or import the API here with RestApi\.fromRestApiAttributes/);
});

describe('an API with existing resources', () => {
  const conflict = (prefixes: string[], declare: (api: apigateway.RestApi) => void, order: 'before' | 'after') => () => {
    const { stack, api } = existing();
    if (order === 'before') declare(api);
    addTo(api, {}, prefixes);
    if (order === 'after') declare(api);
    Template.fromStack(stack);
  };

  test.each(['before', 'after'] as const)('is refused with both names if a method, declared %s the function, has the path of a route', (order) => {
    expect(conflict(['/users'], (api) => api.root.resourceForPath('/users').addMethod('GET'), order))
      .toThrow(/"ANY \/users" is a route of this function, but the API has "GET \/users" \(TestStack\/.*\/GET\); give the router another prefix/);
  });

  test.each(['before', 'after'] as const)('is refused with both names if it has another variable child, declared %s the function', (order) => {
    expect(conflict(['/users'], (api) => api.root.resourceForPath('/users').addResource('{id}').addMethod('GET'), order))
      .toThrow(/"\/users\/\{proxy\+\}" of this function and "\/users\/\{id\}" \(.*\) are two variable children of "\/users", but a REST API allows only one/);
  });

  test('is refused if it declares one of the function\'s resources again', () => {
    expect(conflict(['/users/all'], (api) => api.root.addResource('users').addMethod('GET'), 'after')).toThrow(/the resource "\/users" of this function is also declared elsewhere/);
  });

  test('is accepted if its resources do not conflict with the routes', () => {
    expect(conflict(['/users'], (api) => api.root.addResource('{other}').addMethod('GET'), 'before')).not.toThrow();
    expect(conflict(['/'], (api) => api.root.addResource('users').addMethod('GET'), 'before')).not.toThrow();
  });
});

test('throttle in routes is refused, because the stage of the API controls throttling', () => {
  const { api } = existing();
  expect(() => addTo(api, { routes: { '/api/users': { throttle: { rateLimit: 1 } } } })).toThrow(/routes\["\/api\/users"\]\.throttle is not supported: the stage of the API controls throttling/);
});
