import { Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { methodsOf } from './methods';
import { ApiAuthorization, ApiEndpoint, ApiWebAcl, LazyApiFunction, LazyApiFunctionProps, RestApiEndpoint, RestApiEndpointOptions } from '../../../lib';
import { newApi, newAppWithoutBundling, newStack, routersAt } from '../../support/app';

type Options = RestApiEndpointOptions | ((stack: Stack) => RestApiEndpointOptions);

function create(options: Options = {}, prefixes: readonly string[] = ['/api/orders', '/api/users'], props: Partial<LazyApiFunctionProps> = {}): LazyApiFunction {
  const stack = newStack({}, newAppWithoutBundling());
  return newApi({ routers: routersAt(prefixes), endpoint: ApiEndpoint.rest(typeof options === 'function' ? options(stack) : options), ...props }, stack);
}

const synthesise = (...args: Parameters<typeof create>) => Template.fromStack(Stack.of(create(...args)));

const PAGE = 'https://app.example.com';

test('each prefix has a pair of resources, authorised by IAM unless said otherwise, and every request is validated', () => {
  const template = synthesise();
  expect(methodsOf(template)).toEqual({
    'ANY /api/orders': 'AWS_IAM', 'ANY /api/orders/{proxy+}': 'AWS_IAM', 'ANY /api/users': 'AWS_IAM', 'ANY /api/users/{proxy+}': 'AWS_IAM',
  });
  template.allResourcesProperties('AWS::ApiGateway::Method', { RequestValidatorId: { Ref: Match.stringLikeRegexp('RequestValidator') } });
  template.hasResourceProperties('AWS::ApiGateway::RequestValidator', { ValidateRequestBody: true, ValidateRequestParameters: true });
});

test('one permission serves all methods, for this API alone', () => {
  const template = synthesise();
  template.resourceCountIs('AWS::Lambda::Permission', 1);
  template.hasResourceProperties('AWS::Lambda::Permission', {
    Principal: 'apigateway.amazonaws.com',
    SourceArn: { 'Fn::Join': ['', Match.arrayWith([':execute-api:', { Ref: Match.stringLikeRegexp('^ApiRestApi') }, '/*/*/*'])] },
  });
});

test('adding a router, wherever it sorts, changes its own resources, the code, the list of routers and the deployment, nothing else', () => {
  const resources = (prefixes: string[]) => synthesise({}, prefixes).toJSON().Resources as { [id: string]: { Type: string; Properties: object } };
  const before = resources(['/api/orders', '/api/users']);
  const after = resources(['/api/a', '/api/orders', '/api/users', '/api/zz']);
  const added = Object.keys(after).filter((id) => !(id in before) && after[id].Type !== 'AWS::ApiGateway::Deployment');
  expect(added.map((id) => after[id].Type).sort()).toEqual([...Array(4).fill('AWS::ApiGateway::Method'), ...Array(4).fill('AWS::ApiGateway::Resource')]);
  const changed = Object.keys(before).filter((id) => before[id].Type !== 'AWS::ApiGateway::Deployment' && JSON.stringify(before[id]) !== JSON.stringify(after[id]));
  expect(changed.map((id) => before[id].Type).sort()).toEqual(['AWS::ApiGateway::RestApi', 'AWS::ApiGateway::Stage']);
});

test('the API is regional, has one stage with JSON access logs, and answers unknown paths with 404', () => {
  const template = synthesise({ throttle: { rateLimit: 10, burstLimit: 5 } });
  template.hasResourceProperties('AWS::ApiGateway::RestApi', { EndpointConfiguration: { Types: ['REGIONAL'] }, BinaryMediaTypes: ['*/*'], Policy: Match.absent(), Description: '2 routers: /api/orders, /api/users' });
  const [{ Properties }] = Object.values(template.findResources('AWS::ApiGateway::Stage'));
  expect(Properties.StageName).toBe('prod');
  expect(Properties.MethodSettings).toEqual([{ DataTraceEnabled: false, HttpMethod: '*', MetricsEnabled: true, ResourcePath: '/*', ThrottlingBurstLimit: 5, ThrottlingRateLimit: 10 }]);
  const format = JSON.parse(Properties.AccessLogSetting.Format.replace('$context.error.messageString', '"message"')) as { [name: string]: string };
  expect(Object.keys(format)).toEqual(expect.arrayContaining(['requestId', 'routeKey', 'status', 'responseLatency', 'integrationErrorMessage', 'caller']));
  expect(Properties.AccessLogSetting.Format).not.toMatch(/querystring|authorization|cookie|\$context\.path|apiKey|accessKey/i);
  template.hasResourceProperties('AWS::ApiGateway::GatewayResponse', { ResponseType: 'MISSING_AUTHENTICATION_TOKEN', StatusCode: '404', ResponseTemplates: { 'application/json': '{"message":"Not Found"}' } });
  template.resourceCountIs('AWS::ApiGateway::Account', 0);
  expect(Object.keys(template.findOutputs('*'))).toEqual([expect.stringMatching(/^ApiUrl/)]);
});

test('logs, tracing and the account\'s role are said', () => {
  const template = synthesise({ executionLogLevel: apigateway.MethodLoggingLevel.ERROR, tracing: true, cloudWatchRole: true, stageName: 'v1' });
  template.hasResourceProperties('AWS::ApiGateway::Stage', { StageName: 'v1', TracingEnabled: true, MethodSettings: [Match.objectLike({ LoggingLevel: 'ERROR', DataTraceEnabled: false })] });
  template.resourceCountIs('AWS::ApiGateway::Account', 1);
});

describe('streaming and timeouts', () => {
  const integrationsOf = (template: Template) => Object.values(template.findResources('AWS::ApiGateway::Method')).map(({ Properties }) => Properties.Integration);

  test('answers are buffered within 29 seconds', () => {
    for (const { ResponseTransferMode, TimeoutInMillis, Uri } of integrationsOf(synthesise())) {
      expect([ResponseTransferMode, TimeoutInMillis, JSON.stringify(Uri)]).toEqual([undefined, 29_000, expect.stringMatching(/2015-03-31.*\/invocations/)]);
    }
  });

  test('answers are streamed within 15 minutes', () => {
    for (const { ResponseTransferMode, TimeoutInMillis, Uri } of integrationsOf(synthesise({ streaming: true }))) {
      expect([ResponseTransferMode, TimeoutInMillis, JSON.stringify(Uri)]).toEqual(['STREAM', 900_000, expect.stringMatching(/2021-11-15.*\/response-streaming-invocations/)]);
    }
  });

  test.each<[RestApiEndpointOptions, Duration, number]>([
    [{}, Duration.seconds(29), 0],
    [{}, Duration.seconds(30), 1],
    [{ integrationTimeout: Duration.minutes(2) }, Duration.minutes(2), 0],
    [{ streaming: true }, Duration.minutes(15), 0],
  ])('%j, and a function of %s: %p warnings', (options, timeout, warnings) => {
    const stack = Stack.of(create(options, undefined, { timeout }));
    expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('the REST API waits 29 .*set integrationTimeout'))).toHaveLength(warnings);
  });

  test('more than 15 minutes are refused', () => {
    expect(() => create({ streaming: true, integrationTimeout: Duration.minutes(16) })).toThrow(/integrationTimeout must be at most 15 minutes for streamed answers, got 960 seconds/);
  });
});

describe('CORS', () => {
  test('preflight requests are answered by API Gateway, without authorization; every other method is as it was', () => {
    const template = synthesise({ cors: { allowOrigins: [PAGE, 'https://b.example.com'], allowCredentials: true }, usagePlan: {} });
    const methods = methodsOf(template);
    expect(Object.entries(methods).filter(([key]) => key.startsWith('OPTIONS')).map(([, type]) => type)).toEqual(Array(4).fill('NONE'));
    expect(Object.entries(methods).filter(([key]) => key.startsWith('ANY')).map(([, type]) => type)).toEqual(Array(4).fill('AWS_IAM'));
    const preflight = Object.values(template.findResources('AWS::ApiGateway::Method', { Properties: { HttpMethod: 'OPTIONS' } })).map(({ Properties }) => Properties);
    for (const { ApiKeyRequired, Integration } of preflight) {
      expect([ApiKeyRequired, Integration.Type, Integration.ContentHandling]).toEqual([false, 'MOCK', 'CONVERT_TO_TEXT']);
      expect(Integration.IntegrationResponses[0].ResponseParameters['method.response.header.Access-Control-Allow-Origin']).toBe(`'${PAGE}'`);
      expect(Integration.IntegrationResponses[0].ResponseTemplates['application/json']).toContain('https://b.example.com');
    }
  });

  test.each([
    [['*'], '\'*\''],
    [[PAGE], `'${PAGE}'`],
    [[PAGE, 'https://b.example.com'], undefined],
  ])('API Gateway\'s own errors can be read from %j, as far as it can say so', (allowOrigins, header) => {
    const responses = Object.values(synthesise({ cors: { allowOrigins } }).findResources('AWS::ApiGateway::GatewayResponse')).map(({ Properties }) => Properties);
    expect(responses.map(({ ResponseType }) => ResponseType)).toEqual(header ? ['MISSING_AUTHENTICATION_TOKEN', 'DEFAULT_4XX', 'DEFAULT_5XX'] : ['MISSING_AUTHENTICATION_TOKEN']);
    for (const { ResponseParameters } of responses) expect(ResponseParameters?.['gatewayresponse.header.Access-Control-Allow-Origin']).toBe(header);
  });
});

describe('a private API', () => {
  const endpoint = (stack: Stack) => new ec2.InterfaceVpcEndpoint(stack, 'Endpoint', {
    vpc: new ec2.Vpc(stack, 'Vpc'), service: ec2.InterfaceVpcEndpointAwsService.APIGATEWAY,
  });

  test('is reached through its VPC endpoints alone, and IAM decides who may call it', () => {
    const api = create((stack) => ({ vpcEndpoints: [endpoint(stack)] }));
    const id = { Ref: Match.stringLikeRegexp('^Endpoint') };
    Template.fromStack(Stack.of(api)).hasResourceProperties('AWS::ApiGateway::RestApi', {
      EndpointConfiguration: { Types: ['PRIVATE'], VpcEndpointIds: [id] },
      Policy: { Statement: [{ Effect: 'Deny', Principal: { AWS: '*' }, Action: 'execute-api:Invoke', Resource: 'execute-api:/*', Condition: { StringNotEquals: { 'aws:SourceVpce': [id] } } }] },
    });
    expect(JSON.stringify(Stack.of(api).resolve(api.url))).toMatch(/"-",\{"Ref":"Endpoint\w+"\},"\.execute-api\./);
  });

  test('lets callers in where IAM does not decide, and there alone', () => {
    const template = synthesise((stack) => ({ vpcEndpoints: [endpoint(stack)], cors: { allowOrigins: [PAGE] }, routes: { '/api/users': { authorization: ApiAuthorization.none() } } }));
    template.hasResourceProperties('AWS::ApiGateway::RestApi', {
      Policy: { Statement: [Match.objectLike({ Effect: 'Deny' }), Match.objectLike({ Effect: 'Allow', Resource: ['execute-api:/*/*/api/users', 'execute-api:/*/*/api/users/*', 'execute-api:/*/OPTIONS/*'] })] },
    });
  });

  test.each<[string, Options, RegExp]>([
    ['no endpoint', { vpcEndpoints: [] }, /vpcEndpoints must name at least one VPC endpoint, got \[\]/],
    ['a domain', (stack) => ({ vpcEndpoints: [endpoint(stack)], domain: { domainName: 'api.example.com', certificate: Certificate.fromCertificateArn(stack, 'C', 'arn:aws:acm:eu-central-1:123456789012:certificate/c') } }), /domain is not supported beside vpcEndpoints/],
  ])('refused: %s', (_, options, message) => {
    expect(() => create(options)).toThrow(message);
  });
});

describe('the web ACL', () => {
  test('may be one\'s own', () => {
    const arn = 'arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/mine/1';
    const template = synthesise({ webAcl: ApiWebAcl.fromArn(arn) });
    template.hasResource('AWS::WAFv2::WebACLAssociation', {
      Properties: { WebACLArn: arn, ResourceArn: { 'Fn::Join': ['', Match.arrayWith([':apigateway:', '::/restapis/', '/stages/'])] } },
      DependsOn: [Match.stringLikeRegexp('Stage')],
    });
    template.resourceCountIs('AWS::WAFv2::WebACL', 0);
  });

  test('has AWS\'s managed rules, and logs what matched without credentials', () => {
    const template = synthesise({ webAcl: ApiWebAcl.managedRules() });
    const [{ Properties }] = Object.values(template.findResources('AWS::WAFv2::WebACL'));
    expect(Properties.Scope).toBe('REGIONAL');
    expect(Properties.Rules.map(({ Name, Priority }: { Name: string; Priority: number }) => [Priority, Name])).toEqual([
      [0, 'AWSManagedRulesAmazonIpReputationList'], [1, 'AWSManagedRulesKnownBadInputsRuleSet'], [2, 'AWSManagedRulesCommonRuleSet'],
    ]);
    expect(Properties.Rules[2].Statement.ManagedRuleGroupStatement.RuleActionOverrides).toEqual([{ ActionToUse: { Count: {} }, Name: 'SizeRestrictions_BODY' }]);
    template.hasResourceProperties('AWS::WAFv2::LoggingConfiguration', {
      RedactedFields: [...['authorization', 'cookie', 'x-api-key'].map((Name) => ({ SingleHeader: { Name } })), { QueryString: {} }],
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', { LogGroupName: Match.stringLikeRegexp('^aws-waf-logs-') });
  });
});

describe('a usage plan', () => {
  test('asks for API keys, but where a router does not', () => {
    const template = synthesise({
      usagePlan: { throttle: { rateLimit: 5, burstLimit: 2 }, quota: { limit: 1000, period: apigateway.Period.DAY } },
      routes: { '/api/users': { apiKeyRequired: false } },
    });
    const required = Object.values(template.findResources('AWS::ApiGateway::Method')).map(({ Properties }) => Boolean(Properties.ApiKeyRequired));
    expect(required.sort()).toEqual([false, false, true, true]);
    template.hasResourceProperties('AWS::ApiGateway::UsagePlan', { Throttle: { RateLimit: 5, BurstLimit: 2 }, Quota: { Limit: 1000, Period: 'DAY' }, ApiStages: [{ ApiId: Match.anyValue(), Stage: Match.anyValue(), Throttle: {} }] });
    template.resourceCountIs('AWS::ApiGateway::UsagePlanKey', 1);
    template.hasResourceProperties('AWS::ApiGateway::ApiKey', { Value: Match.absent() });
  });

  test('has the keys that are given', () => {
    const template = synthesise((stack) => ({ usagePlan: { apiKeys: [apigateway.ApiKey.fromApiKeyId(stack, 'Key', 'abc')] } }));
    template.resourceCountIs('AWS::ApiGateway::ApiKey', 0);
    template.hasResourceProperties('AWS::ApiGateway::UsagePlanKey', { KeyId: 'abc' });
  });
});

test('a router has a throttle of its own, for every method', () => {
  const template = synthesise({ routes: { '/api/users': { throttle: { rateLimit: 5, burstLimit: 2 } } } });
  const [{ Properties }] = Object.values(template.findResources('AWS::ApiGateway::Stage'));
  const settings = (Properties.MethodSettings as Array<{ HttpMethod: string; ResourcePath: string; ThrottlingRateLimit?: number }>).filter(({ ResourcePath }) => ResourcePath !== '/*');
  expect(new Set(settings.map(({ ResourcePath }) => ResourcePath))).toEqual(new Set(['/~1api~1users', '/~1api~1users~1{proxy+}']));
  expect(new Set(settings.map(({ HttpMethod }) => HttpMethod))).toEqual(new Set(['DELETE', 'GET', 'HEAD', 'PATCH', 'POST', 'PUT']));
  expect(new Set(settings.map(({ ThrottlingRateLimit }) => ThrottlingRateLimit))).toEqual(new Set([5]));
});

test('a domain is mapped to the stage, below a path of several segments too', () => {
  const api = create((stack) => ({ domain: { domainName: 'api.example.com', certificate: Certificate.fromCertificateArn(stack, 'C', 'arn:aws:acm:eu-central-1:123456789012:certificate/c'), basePath: 'clinic/v1', disableExecuteApiEndpoint: true } }));
  const template = Template.fromStack(Stack.of(api));
  template.hasResourceProperties('AWS::ApiGatewayV2::ApiMapping', { ApiId: { Ref: Match.stringLikeRegexp('^ApiRestApi') }, Stage: { Ref: Match.stringLikeRegexp('Stage') }, ApiMappingKey: 'clinic/v1' });
  template.hasResourceProperties('AWS::ApiGateway::RestApi', { DisableExecuteApiEndpoint: true });
  expect(api.url).toBe('https://api.example.com/clinic/v1/');
});

test('it tells its routes, reports to CloudWatch, and allows calls to this API and stage alone', () => {
  const api = create();
  const endpoint = api.endpoint as RestApiEndpoint;
  expect(endpoint.routes).toEqual(['ANY /api/orders', 'ANY /api/orders/{proxy+}', 'ANY /api/users', 'ANY /api/users/{proxy+}']);
  const { metrics } = endpoint;
  expect([metrics.requests(), metrics.clientErrors(), metrics.serverErrors(), metrics.latency()].map(({ metricName, dimensions }) => [metricName, Object.keys(dimensions!)])).toEqual([
    ['Count', ['ApiName', 'Stage']], ['4XXError', ['ApiName', 'Stage']], ['5XXError', ['ApiName', 'Stage']], ['Latency', ['ApiName', 'Stage']],
  ]);
  api.grantInvoke(new iam.Role(api, 'Caller', { assumedBy: new iam.AccountRootPrincipal() }));
  Template.fromStack(Stack.of(api)).hasResourceProperties('AWS::IAM::Policy', {
    Roles: [{ Ref: Match.stringLikeRegexp('Caller') }],
    PolicyDocument: { Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: { 'Fn::Join': ['', Match.arrayWith([':execute-api:', { Ref: Match.stringLikeRegexp('^ApiRestApi') }, '/*/*'])] } }] },
  });
});

test('a stage name that API Gateway would refuse is refused', () => {
  expect(() => create({ stageName: '$default' })).toThrow(/stageName must be at most 128 letters, digits, "-" and "_", got "\$default"/);
});
