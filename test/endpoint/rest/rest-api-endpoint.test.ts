import { Duration } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { ApiKey, MethodLoggingLevel, Period } from 'aws-cdk-lib/aws-apigateway';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { authorizationsOf, methodsOf, plainStack, PREFIXES, restTemplate } from './support';
import { ApiEndpoint, LazyApiFunction, RestApiEndpoint, RestApiEndpointOptions } from '../../../lib';
import { newApi, routersAt } from '../../support/app';
import { traitsOf } from '../support';

interface CfnResources {
  readonly [id: string]: { readonly Type: string; readonly Properties: { readonly [property: string]: unknown } };
}

function restApi(options: RestApiEndpointOptions = {}, stack = plainStack()): LazyApiFunction {
  return newApi({ routers: routersAt(PREFIXES), endpoint: ApiEndpoint.rest(options) }, stack);
}

const stageOf = (template: Template) => Object.values(template.findResources('AWS::ApiGateway::Stage'))[0].Properties;

test('each prefix has two routes, which use IAM authorization by default', () => {
  expect(authorizationsOf(restTemplate())).toEqual({
    'ANY /api/orders': 'AWS_IAM', 'ANY /api/orders/{proxy+}': 'AWS_IAM', 'ANY /api/users': 'AWS_IAM', 'ANY /api/users/{proxy+}': 'AWS_IAM',
  });
});

test('a router at the root has two routes as well', () => {
  expect(Object.keys(methodsOf(restTemplate({}, ['/', '/a/{id}']))).sort()).toEqual(['ANY /', 'ANY /a/{id}', 'ANY /a/{id}/{proxy+}', 'ANY /{proxy+}']);
});

test('all methods share one integration, and one permission allows invocations by this API only', () => {
  const template = restTemplate();
  expect(new Set(Object.values(methodsOf(template)).map(({ Integration }) => JSON.stringify(Integration))).size).toBe(1);
  expect(methodsOf(template)['ANY /api/users'].Integration).toEqual({
    Type: 'AWS_PROXY',
    IntegrationHttpMethod: 'POST',
    Uri: {
      'Fn::Join': ['', [
        'arn:', { Ref: 'AWS::Partition' }, ':apigateway:', { Ref: 'AWS::Region' }, ':lambda:path/2015-03-31/functions/',
        { Ref: expect.stringMatching(/^ApiAlias/) }, '/invocations',
      ]],
    },
  });
  template.resourceCountIs('AWS::Lambda::Permission', 1);
  template.hasResourceProperties('AWS::Lambda::Permission', {
    Action: 'lambda:InvokeFunction',
    Principal: 'apigateway.amazonaws.com',
    SourceArn: { 'Fn::Join': ['', Match.arrayWith([':execute-api:', { Ref: Match.stringLikeRegexp('^ApiRestApi') }, '/*/*/*'])] },
  });
});

test('adding a router changes only its own routes, the list of routers, and the deployment, wherever its name sorts', () => {
  const before = restTemplate({ tracing: true }).toJSON().Resources as CfnResources;
  const after = restTemplate({ tracing: true }, ['/api/a', ...PREFIXES, '/api/zz']).toJSON().Resources as CfnResources;
  const typesOf = (ids: readonly string[], resources: CfnResources) => ids.map((id) => resources[id].Type).sort();

  const added = Object.keys(after).filter((id) => !(id in before));
  expect(typesOf(added, after)).toEqual(['AWS::ApiGateway::Deployment', ...Array(4).fill('AWS::ApiGateway::Method'), ...Array(4).fill('AWS::ApiGateway::Resource')]);
  expect(typesOf(Object.keys(before).filter((id) => !(id in after)), before)).toEqual(['AWS::ApiGateway::Deployment']);

  const changed = Object.keys(before).filter((id) => id in after && JSON.stringify(before[id]) !== JSON.stringify(after[id]));
  expect(typesOf(changed, before)).toEqual(['AWS::ApiGateway::RestApi', 'AWS::ApiGateway::Stage', 'AWS::CloudWatch::Dashboard']);
  const rest = (resource: CfnResources[string]) => ({ ...resource.Properties, Description: 0, DeploymentId: 0, DashboardBody: 0 });
  for (const id of changed) expect(rest(after[id])).toEqual(rest(before[id]));
});

test('the deployment waits for every method', () => {
  const template = restTemplate();
  const [{ DependsOn }] = Object.values(template.findResources('AWS::ApiGateway::Deployment'));
  expect(DependsOn).toEqual(expect.arrayContaining(Object.keys(template.findResources('AWS::ApiGateway::Method'))));
});

test('prefixes that could produce the same construct ID have separate routes', () => {
  expect(Object.keys(methodsOf(restTemplate({}, ['/a/b', '/a--b', '/a-b', '/ANY/a', '/a'])))).toHaveLength(10);
});

test('the API is regional and treats all media types as binary', () => {
  restTemplate().hasResourceProperties('AWS::ApiGateway::RestApi', {
    EndpointConfiguration: { Types: ['REGIONAL'] },
    BinaryMediaTypes: ['*/*'],
    Description: '2 routers: /api/orders, /api/users',
    DisableExecuteApiEndpoint: Match.absent(),
    Policy: Match.absent(),
  });
});

test('every method has a request validator for body and parameters', () => {
  const template = restTemplate({ cors: { allowOrigins: ['*'] } });
  template.hasResourceProperties('AWS::ApiGateway::RequestValidator', { ValidateRequestBody: true, ValidateRequestParameters: true });
  const [id] = Object.keys(template.findResources('AWS::ApiGateway::RequestValidator'));
  expect(Object.values(methodsOf(template)).map(({ RequestValidatorId }) => RequestValidatorId)).toEqual(Array(8).fill({ Ref: id }));
});

test('API Gateway responds with 404 to paths without a route', () => {
  restTemplate().hasResourceProperties('AWS::ApiGateway::GatewayResponse', {
    ResponseType: 'MISSING_AUTHENTICATION_TOKEN', StatusCode: '404', ResponseTemplates: { 'application/json': '{"message":"Not Found"}' },
  });
});

describe('the stage', () => {
  test('is named prod by default, has no throttle, and writes JSON access logs without credentials', () => {
    const { StageName, MethodSettings, TracingEnabled, AccessLogSetting } = stageOf(restTemplate());
    expect({ StageName, MethodSettings, TracingEnabled }).toEqual({ StageName: 'prod', MethodSettings: undefined, TracingEnabled: undefined });
    const fields = JSON.parse(AccessLogSetting.Format.replace('$context.error.messageString', '"message"')) as { readonly [name: string]: string };
    expect(Object.keys(fields)).toEqual(expect.arrayContaining(['requestId', 'routeKey', 'status', 'responseLatency', 'integrationErrorMessage', 'caller']));
    expect(AccessLogSetting.Format).not.toMatch(/querystring|authorization|cookie|\$context\.path|apiKey|accessKey/i);
  });

  test('can have a name, a throttle, execution logs without bodies, and tracing', () => {
    expect(stageOf(restTemplate({ stageName: 'v1', throttle: { rateLimit: 50, burstLimit: 20 }, executionLogLevel: MethodLoggingLevel.ERROR, tracing: true }))).toMatchObject({
      StageName: 'v1',
      TracingEnabled: true,
      MethodSettings: [{ ResourcePath: '/*', HttpMethod: '*', ThrottlingRateLimit: 50, ThrottlingBurstLimit: 20, LoggingLevel: 'ERROR', DataTraceEnabled: false }],
    });
  });

  test('throttles a router\'s routes for each method that ANY includes, and keeps the log level of the stage', () => {
    const { MethodSettings } = stageOf(restTemplate(
      { executionLogLevel: MethodLoggingLevel.ERROR, routes: { '/': { throttle: { rateLimit: 1 } }, '/a/{id}': { throttle: { rateLimit: 5, burstLimit: 2 } } } }, ['/', '/a/{id}'],
    ));
    const settings = MethodSettings as Array<{ readonly ResourcePath: string; readonly HttpMethod: string }>;
    expect(new Set(settings.map(({ ResourcePath }) => ResourcePath))).toEqual(new Set(['/*', '/', '/~1{proxy+}', '/~1a~1{id}', '/~1a~1{id}~1{proxy+}']));
    expect(settings.filter(({ ResourcePath }) => ResourcePath === '/~1a~1{id}').map(({ HttpMethod }) => HttpMethod)).toEqual(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']);
    expect(settings).toContainEqual({
      ResourcePath: '/~1a~1{id}~1{proxy+}', HttpMethod: 'POST', ThrottlingRateLimit: 5, ThrottlingBurstLimit: 2, LoggingLevel: 'ERROR', DataTraceEnabled: false,
    });
    expect(settings).toContainEqual({ ResourcePath: '/', HttpMethod: 'GET', ThrottlingRateLimit: 1, LoggingLevel: 'ERROR', DataTraceEnabled: false });
  });

  test('writes access logs to a given log group', () => {
    const stack = plainStack();
    restApi({ accessLogGroup: new logs.LogGroup(stack, 'Mine') }, stack);
    expect(stageOf(Template.fromStack(stack)).AccessLogSetting.DestinationArn).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Mine/), 'Arn'] });
  });

  test('sets the account\'s CloudWatch role only if cloudWatchRole is true', () => {
    restTemplate().resourceCountIs('AWS::ApiGateway::Account', 0);
    const template = restTemplate({ cloudWatchRole: true });
    template.hasResource('AWS::ApiGateway::Account', { DeletionPolicy: 'Retain' });
    const [account] = Object.keys(template.findResources('AWS::ApiGateway::Account'));
    template.hasResource('AWS::ApiGateway::Stage', { DependsOn: [account] });
  });
});

describe('the integration timeout', () => {
  const integrationOf = (options: RestApiEndpointOptions) => methodsOf(restTemplate(options))['ANY /api/users'].Integration;

  test('is API Gateway\'s default, or integrationTimeout if it is set', () => {
    expect(integrationOf({}).TimeoutInMillis).toBeUndefined();
    expect(integrationOf({ integrationTimeout: Duration.minutes(2) }).TimeoutInMillis).toBe(120_000);
  });

  test.each([[undefined, 900_000], [Duration.minutes(5), 300_000]])('is 15 minutes for streamed responses, or integrationTimeout if it is set', (integrationTimeout, expected) => {
    expect(integrationOf({ streaming: true, integrationTimeout })).toMatchObject({
      ResponseTransferMode: 'STREAM',
      TimeoutInMillis: expected,
      Uri: { 'Fn::Join': ['', expect.arrayContaining([':lambda:path/2021-11-15/functions/', '/response-streaming-invocations'])] },
    });
  });

  test.each<[number, RestApiEndpointOptions, RegExp | undefined]>([
    [29, {}, undefined],
    [30, {}, /timeout is 30 seconds, but a REST API waits only 29 .*set integrationTimeout if your quota allows more/],
    [60, { integrationTimeout: Duration.seconds(60) }, undefined],
    [61, { integrationTimeout: Duration.seconds(60) }, /a REST API waits only 1 minute .*set timeout to less than integrationTimeout/],
    [900, { streaming: true }, undefined],
    [301, { streaming: true, integrationTimeout: Duration.minutes(5) }, /a REST API waits only 5 minutes /],
  ])('a function timeout of %p seconds with %j gives the warning %p', (seconds, options, warning) => {
    const stack = plainStack();
    newApi({ routers: routersAt(PREFIXES), timeout: Duration.seconds(seconds), endpoint: ApiEndpoint.rest(options) }, stack);
    const warnings = Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('a REST API waits'));
    expect(warnings).toHaveLength(warning ? 1 : 0);
    if (warning) expect(warnings[0].entry.data).toMatch(warning);
  });
});

describe('the settings that the function receives', () => {
  const traits = (options: RestApiEndpointOptions) => traitsOf(ApiEndpoint.rest(options), PREFIXES);

  test('include whether responses are streamed', () => {
    expect([traits({}).streaming, traits({ streaming: true }).streaming]).toEqual([false, true]);
  });

  test('include the CORS options for responses, but none for preflight requests', () => {
    expect(traits({})).toMatchObject({ greedyRoutes: {}, authorizedPrefixes: [] });
    expect(traits({}).cors).toBeUndefined();
    expect(traits({ cors: { allowOrigins: ['*'] } }).preflight).toBeUndefined();
    expect(traits({ cors: { allowOrigins: ['https://a.example', 'https://b.example'], allowCredentials: true, exposeHeaders: ['X-Total'] } })).toMatchObject({
      cors: { allowOrigins: ['https://a.example', 'https://b.example'], allowCredentials: true, exposeHeaders: ['X-Total'] },
    });
  });
});

describe('a usage plan', () => {
  test('has a generated API key, and every route requires a key unless apiKeyRequired is false', () => {
    const template = restTemplate({
      usagePlan: { throttle: { rateLimit: 10, burstLimit: 5 }, quota: { limit: 1000, period: Period.DAY } },
      routes: { '/api/orders': { apiKeyRequired: false } },
      cors: { allowOrigins: ['*'] },
    });
    expect(Object.fromEntries(Object.entries(methodsOf(template)).map(([route, { ApiKeyRequired }]) => [route, ApiKeyRequired]))).toEqual({
      'ANY /api/orders': false, 'ANY /api/orders/{proxy+}': false, 'ANY /api/users': true, 'ANY /api/users/{proxy+}': true,
      'OPTIONS /api/orders': false, 'OPTIONS /api/orders/{proxy+}': false, 'OPTIONS /api/users': false, 'OPTIONS /api/users/{proxy+}': false,
    });
    template.hasResourceProperties('AWS::ApiGateway::UsagePlan', {
      ApiStages: [{ ApiId: { Ref: Match.stringLikeRegexp('^ApiRestApi') }, Stage: { Ref: Match.stringLikeRegexp('^ApiRestApiDeploymentStage') } }],
      Throttle: { RateLimit: 10, BurstLimit: 5 },
      Quota: { Limit: 1000, Period: 'DAY' },
    });
    template.hasResourceProperties('AWS::ApiGateway::ApiKey', { Enabled: true, Value: Match.absent() });
    template.resourceCountIs('AWS::ApiGateway::UsagePlanKey', 1);
  });

  test('uses given API keys, and is exposed', () => {
    const stack = plainStack();
    const key = ApiKey.fromApiKeyId(stack, 'Key', 'k1');
    const endpoint = restApi({ usagePlan: { apiKeys: [key] } }, stack).endpoint as RestApiEndpoint;
    expect(endpoint.apiKeys).toEqual([key]);
    expect(endpoint.usagePlan?.node.path).toBe('TestStack/Api/RestApi/UsagePlan');
    Template.fromStack(stack).resourceCountIs('AWS::ApiGateway::ApiKey', 0);
  });

  test('is created only if usagePlan is set, so a route can require a key of another usage plan', () => {
    const template = restTemplate({ routes: { '/api/users': { apiKeyRequired: true } } });
    template.resourceCountIs('AWS::ApiGateway::UsagePlan', 0);
    expect(methodsOf(template)['ANY /api/users'].ApiKeyRequired).toBe(true);
    expect(methodsOf(template)['ANY /api/orders'].ApiKeyRequired).toBeUndefined();
  });
});

test('a custom domain is mapped to the stage, and the execute-api URL can be disabled', () => {
  const stack = plainStack();
  const certificate = Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-central-1:123456789012:certificate/x');
  const api = restApi({ domain: { domainName: 'api.example.com', certificate, basePath: 'clinic/v1', disableExecuteApiEndpoint: true } }, stack);
  const template = Template.fromStack(stack);
  expect(api.url).toBe('https://api.example.com/clinic/v1/');
  template.hasResourceProperties('AWS::ApiGateway::RestApi', { DisableExecuteApiEndpoint: true });
  template.hasResource('AWS::ApiGatewayV2::ApiMapping', {
    Properties: { ApiId: { Ref: Match.stringLikeRegexp('^ApiRestApi') }, Stage: { Ref: Match.stringLikeRegexp('Stage') }, ApiMappingKey: 'clinic/v1' },
    DependsOn: Match.arrayWith([Match.stringLikeRegexp('DeploymentStage')]),
  });
});

test('the URL is exposed, and it is the only output', () => {
  const stack = plainStack();
  const api = restApi({}, stack);
  const outputs = Object.values(Template.fromStack(stack).findOutputs('*'));
  expect(outputs).toHaveLength(1);
  expect(outputs[0].Value).toEqual(stack.resolve(api.url));
  expect(outputs[0].Value).toEqual({
    'Fn::Join': ['', [
      'https://', { Ref: expect.stringMatching(/^ApiRestApi/) }, '.execute-api.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }, '/', { Ref: expect.stringMatching(/Stage/) }, '/',
    ]],
  });
});

test('grantInvoke allows calls to this API and stage only', () => {
  const stack = plainStack();
  const caller = new iam.Role(stack, 'Caller', { assumedBy: new iam.AccountRootPrincipal() });
  restApi({}, stack).grantInvoke(caller);
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    Roles: [{ Ref: Match.stringLikeRegexp('^Caller') }],
    PolicyDocument: {
      Statement: [{
        Effect: 'Allow',
        Action: 'execute-api:Invoke',
        Resource: { 'Fn::Join': ['', Match.arrayWith([':execute-api:', { Ref: Match.stringLikeRegexp('^ApiRestApi') }, '/', { Ref: Match.stringLikeRegexp('Stage') }, '/*/*'])] },
      }],
    },
  });
});

test('metrics have the name and the stage of the API as dimensions', () => {
  const { metrics } = restApi({ apiName: 'clinic' }).endpoint;
  expect([metrics.requests(), metrics.clientErrors(), metrics.serverErrors(), metrics.latency()].map(({ namespace, metricName, statistic }) => [namespace, metricName, statistic])).toEqual([
    ['AWS/ApiGateway', 'Count', 'Sum'], ['AWS/ApiGateway', '4XXError', 'Sum'], ['AWS/ApiGateway', '5XXError', 'Sum'], ['AWS/ApiGateway', 'Latency', 'Average'],
  ]);
  expect(metrics.requests().dimensions).toMatchObject({ ApiName: 'clinic', Stage: expect.any(String) });
});

test('the endpoint exposes its children and routes', () => {
  const endpoint = restApi().endpoint as RestApiEndpoint;
  expect([endpoint.restApi, endpoint.stage, endpoint.accessLogGroup].map(({ node }) => node.path)).toEqual([
    'TestStack/Api/RestApi/Api', 'TestStack/Api/RestApi/Api/DeploymentStage.prod', 'TestStack/Api/RestApi/AccessLogs',
  ]);
  expect([endpoint.webAcl, endpoint.usagePlan, endpoint.apiKeys]).toEqual([undefined, undefined, []]);
  expect(endpoint.routes).toEqual(['ANY /api/orders', 'ANY /api/orders/{proxy+}', 'ANY /api/users', 'ANY /api/users/{proxy+}']);
});
