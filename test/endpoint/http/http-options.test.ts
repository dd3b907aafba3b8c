import { Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ApiAuthorization, ApiCorsOptions, ApiDomainOptions, ApiEndpoint, HttpApiEndpointOptions, LazyApiFunction } from '../../../lib';
import { newApi, newAppWithoutBundling, newStack, routersAt } from '../../support/app';
import { traitsOf } from '../support';

const PREFIXES = ['/health', '/users'];

function create(options: HttpApiEndpointOptions | ((stack: Stack) => HttpApiEndpointOptions), prefixes = PREFIXES): LazyApiFunction {
  const stack = newStack({}, newAppWithoutBundling());
  return newApi({ routers: routersAt(prefixes), endpoint: ApiEndpoint.http(typeof options === 'function' ? options(stack) : options) }, stack);
}

const synthesise = (...args: Parameters<typeof create>) => Template.fromStack(Stack.of(create(...args)));

const PAGE = 'https://app.example.com';

describe('CORS', () => {
  const routesOf = (template: Template) => Object.values(template.findResources('AWS::ApiGatewayV2::Route')).map(({ Properties }) => Properties);

  test.each([ApiAuthorization.iam(), ApiAuthorization.none()])('each route gets a preflight route without authorization, and keeps its own authorization', (authorization) => {
    const routes = routesOf(synthesise({ authorization, cors: { allowOrigins: [PAGE] } }));
    const [preflight, others] = ['OPTIONS', 'ANY'].map((method) => routes.filter(({ RouteKey }) => RouteKey.startsWith(`${method} `)));
    expect(preflight.map(({ RouteKey }) => RouteKey.replace('OPTIONS', 'ANY')).sort()).toEqual(others.map(({ RouteKey }) => RouteKey).sort());
    expect(preflight).toHaveLength(4);
    expect(new Set(preflight.map(({ AuthorizationType }) => AuthorizationType))).toEqual(new Set(['NONE']));
    expect(new Set(others.map(({ AuthorizationType }) => AuthorizationType))).toEqual(new Set([authorization._spec.kind === 'iam' ? 'AWS_IAM' : 'NONE']));
  });

  test('preflight routes count toward the limit: 75 routers have their own routes, 76 share a greedy route', () => {
    const count = (routers: number) => routesOf(synthesise({ cors: { allowOrigins: [PAGE] } }, Array.from({ length: routers }, (_, i) => `/r${i}`))).length;
    expect([75, 76].map(count)).toEqual([300, 2]);
  });

  test('by default, pages can send JSON, tokens, and signed requests', () => {
    synthesise({ cors: { allowOrigins: ['*'] } }).hasResourceProperties('AWS::ApiGatewayV2::Api', {
      CorsConfiguration: {
        AllowOrigins: ['*'],
        AllowMethods: ['GET', 'HEAD', 'PUT', 'PATCH', 'POST', 'DELETE'],
        AllowHeaders: ['Authorization', 'Content-Type', 'X-Api-Key', 'X-Amz-Date', 'X-Amz-Security-Token', 'X-Amz-User-Agent'],
        AllowCredentials: Match.absent(), ExposeHeaders: Match.absent(), MaxAge: Match.absent(),
      },
    });
  });

  test('the function responds to preflight requests with the same headers if they are known at synthesis', () => {
    const preflightOf = (allowOrigins: string[]) => {
      const endpoint = ApiEndpoint.http({ cors: { allowOrigins, allowCredentials: true, maxAge: Duration.hours(1) } });
      return traitsOf(endpoint, PREFIXES).preflight;
    };
    expect(preflightOf([PAGE])).toEqual({
      allowOrigins: [PAGE],
      headers: {
        'access-control-allow-methods': 'GET,HEAD,PUT,PATCH,POST,DELETE',
        'access-control-allow-headers': 'Authorization,Content-Type,X-Api-Key,X-Amz-Date,X-Amz-Security-Token,X-Amz-User-Agent',
        'vary': 'origin', 'access-control-allow-credentials': 'true', 'access-control-max-age': '3600',
      },
    });
    expect(preflightOf([Lazy.string({ produce: () => PAGE })])).toEqual({ allowOrigins: [], headers: {} });
  });

  test('all CORS options can be set', () => {
    const cors = { allowOrigins: [PAGE], allowMethods: ['GET'], allowHeaders: ['x-a'], exposeHeaders: ['x-b'], allowCredentials: true, maxAge: Duration.hours(1) };
    synthesise({ cors }).hasResourceProperties('AWS::ApiGatewayV2::Api', {
      CorsConfiguration: { AllowOrigins: [PAGE], AllowMethods: ['GET'], AllowHeaders: ['x-a'], ExposeHeaders: ['x-b'], AllowCredentials: true, MaxAge: 3600 },
    });
  });

  test.each<[ApiCorsOptions, RegExp]>([
    [{ allowOrigins: ['*'], allowCredentials: true }, /cors\.allowOrigins must not contain a wildcard together with allowCredentials.*got "\*"/],
    [{ allowOrigins: [PAGE], allowHeaders: ['*'], allowCredentials: true }, /cors\.allowHeaders must not contain a wildcard together with allowCredentials/],
    [{ allowOrigins: ['*', PAGE] }, /cors\.allowOrigins must be only "\*"/],
    [{ allowOrigins: [] }, /cors\.allowOrigins must be a list of at least one origin/],
    [{ allowOrigins: [`${PAGE}/`] }, /cors\.allowOrigins\[0\] must be an origin as browsers send it: a scheme and a host in lowercase, without a path.*got "https:\/\/app\.example\.com\/"/],
  ])('%j is refused', (cors, message) => {
    expect(() => create({ cors })).toThrow(message);
  });
});

describe('a custom domain', () => {
  const domain = (stack: Stack, more: Partial<ApiDomainOptions> = {}): HttpApiEndpointOptions => ({
    domain: { domainName: 'api.example.com', certificate: Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-central-1:123456789012:certificate/c'), ...more },
  });

  test('is mapped to the stage, requires TLS 1.2, and is in the URL', () => {
    const api = create((stack) => domain(stack));
    const template = Template.fromStack(Stack.of(api));
    template.hasResourceProperties('AWS::ApiGatewayV2::DomainName', { DomainName: 'api.example.com', DomainNameConfigurations: [Match.objectLike({ SecurityPolicy: 'TLS_1_2' })] });
    template.hasResourceProperties('AWS::ApiGatewayV2::ApiMapping', { Stage: '$default', ApiMappingKey: Match.absent() });
    template.hasResourceProperties('AWS::ApiGatewayV2::Api', { DisableExecuteApiEndpoint: Match.absent() });
    const [{ DependsOn }] = Object.values(template.findResources('AWS::ApiGatewayV2::ApiMapping'));
    expect(DependsOn).toEqual([expect.stringMatching(/^ApiHttpApiStage/)]);
    expect(api.url).toBe('https://api.example.com/');
  });

  test('has alias records if hostedZone is set', () => {
    const template = synthesise((stack) => domain(stack, { hostedZone: HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' }) }));
    for (const Type of ['A', 'AAAA']) {
      template.hasResourceProperties('AWS::Route53::RecordSet', { Type, Name: 'api.example.com.', HostedZoneId: 'Z1', AliasTarget: { DNSName: { 'Fn::GetAtt': [Match.stringLikeRegexp('Domain'), 'RegionalDomainName'] } } });
    }
  });

  test('can have a base path, so that several APIs share it', () => {
    const api = create((stack) => domain(stack, { basePath: 'clinic/v1', disableExecuteApiEndpoint: true }));
    Template.fromStack(Stack.of(api)).hasResourceProperties('AWS::ApiGatewayV2::ApiMapping', { ApiMappingKey: 'clinic/v1' });
    Template.fromStack(Stack.of(api)).hasResourceProperties('AWS::ApiGatewayV2::Api', { DisableExecuteApiEndpoint: true });
    expect(api.url).toBe('https://api.example.com/clinic/v1/');
  });

  test('with mutualTls, requires client certificates and disables the execute-api URL', () => {
    const template = synthesise((stack) => domain(stack, { mutualTls: { bucket: Bucket.fromBucketName(stack, 'Trust', 'trust'), key: 'ca.pem', version: 'v7' } }));
    template.hasResourceProperties('AWS::ApiGatewayV2::DomainName', { MutualTlsAuthentication: { TruststoreUri: 's3://trust/ca.pem', TruststoreVersion: 'v7' } });
    template.hasResourceProperties('AWS::ApiGatewayV2::Api', { DisableExecuteApiEndpoint: true });
  });

  test.each<[string, (stack: Stack) => HttpApiEndpointOptions, RegExp]>([
    ['a base path with a leading slash', (stack) => domain(stack, { basePath: '/v1' }), /domain\.basePath must be a path without leading or trailing slashes, like "clinic\/v1", got "\/v1"/],
    ['mutualTls with an enabled execute-api URL', (stack) => domain(stack, { disableExecuteApiEndpoint: false, mutualTls: { bucket: Bucket.fromBucketName(stack, 'Trust', 'trust'), key: 'ca.pem' } }), /disableExecuteApiEndpoint must not be false with mutualTls/],
  ])('is refused with %s', (_, options, message) => {
    expect(() => create(options)).toThrow(message);
  });
});

test('a router can have its own throttle, and the stage is created after the routes of this router', () => {
  const template = synthesise({ throttle: { rateLimit: 100 }, routes: { '/users': { throttle: { rateLimit: 5, burstLimit: 2 } } } });
  const [{ Properties, DependsOn }] = Object.values(template.findResources('AWS::ApiGatewayV2::Stage'));
  const own = { ThrottlingRateLimit: 5, ThrottlingBurstLimit: 2 };
  expect(Properties.RouteSettings).toEqual({ 'ANY /users': own, 'ANY /users/{proxy+}': own });
  expect(Properties.DefaultRouteSettings).toEqual({ ThrottlingRateLimit: 100 });
  expect(DependsOn.filter((id: string) => template.findResources('AWS::ApiGatewayV2::Route')[id])).toHaveLength(2);
});

test('stageName names the stage and is the first segment of the URL path', () => {
  const api = create({ stageName: 'prod' });
  Template.fromStack(Stack.of(api)).hasResourceProperties('AWS::ApiGatewayV2::Stage', { StageName: 'prod' });
  expect(JSON.stringify(Stack.of(api).resolve(api.url))).toMatch(/\/prod\/"/);
  expect(() => create({ stageName: 'a b' })).toThrow(/stageName must be "\$default", or at most 128 letters, digits, "-" and "_", got "a b"/);
});

test.each([
  [2, /^2 routers: \/api\/r0, \/api\/r1$/],
  [149, /^149 routers: \/api\/r0, .* and \d+ more$/],
])('the description lists %p routers, up to the length that API Gateway accepts', (count, text) => {
  const [{ Properties }] = Object.values(synthesise({}, Array.from({ length: count }, (_, i) => `/api/r${i}`)).findResources('AWS::ApiGatewayV2::Api'));
  expect(Properties.Description).toMatch(text);
  expect(Properties.Description.length).toBeLessThanOrEqual(1024);
});

test('description replaces the default description', () => {
  synthesise({ description: 'The clinic.' }).hasResourceProperties('AWS::ApiGatewayV2::Api', { Description: 'The clinic.' });
});

test('the endpoint exposes its routes and its CloudWatch metrics', () => {
  const { endpoint } = create({});
  expect(endpoint.routes).toEqual(['ANY /health', 'ANY /health/{proxy+}', 'ANY /users', 'ANY /users/{proxy+}']);
  const { metrics } = endpoint;
  expect([metrics.requests(), metrics.clientErrors(), metrics.serverErrors(), metrics.latency({ statistic: 'p95' })].map(({ namespace, metricName, statistic, dimensions }) => [namespace, metricName, statistic, Object.keys(dimensions!)])).toEqual([
    ['AWS/ApiGateway', 'Count', 'Sum', ['ApiId']],
    ['AWS/ApiGateway', '4xx', 'Sum', ['ApiId']],
    ['AWS/ApiGateway', '5xx', 'Sum', ['ApiId']],
    ['AWS/ApiGateway', 'Latency', 'p95', ['ApiId']],
  ]);
});
