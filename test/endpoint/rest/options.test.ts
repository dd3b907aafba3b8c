import { Aws, Duration } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { plainStack, PREFIXES } from './support';
import { ApiEndpoint, RestApiEndpointOptions } from '../../../lib';
import { newApi, routersAt } from '../../support/app';

test.each<[string, RestApiEndpointOptions, string, RegExp]>([
  ['a stage name with a slash', { stageName: 'v1/a' }, 'STAGE_NAME', /stageName must be .*got "v1\/a"/],
  ['the default stage of HTTP APIs', { stageName: '$default' }, 'STAGE_NAME', /got "\$default"/],
  ['an integration timeout below 50 ms', { integrationTimeout: Duration.millis(49) }, 'INTEGRATION_TIMEOUT', /integrationTimeout must be a Duration in whole milliseconds, at least 50, got 49 millis/],
  ['an integration timeout above 15 minutes for streamed responses', { streaming: true, integrationTimeout: Duration.minutes(16) }, 'INTEGRATION_TIMEOUT', /from 50 to 900000, got 16 minutes/],
  ['an entry in routes for a prefix without a router', { routes: { '/api/nobody': {} } }, 'ROUTE_UNMATCHED', /routes\["\/api\/nobody"\] must be the prefix of a router/],
  ['CORS with credentials for all origins', { cors: { allowOrigins: ['*'], allowCredentials: true } }, 'CORS', /cors\.allowOrigins/],
  ['an origin that is known only at deployment', { cors: { allowOrigins: [`https://${Aws.ACCOUNT_ID}.example`] } }, 'CORS', /cors\.allowOrigins and cors\.exposeHeaders must be known at synthesis/],
  ['an empty list of VPC endpoints', { vpcEndpoints: [] }, 'VPC_ENDPOINTS', /vpcEndpoints must name at least one endpoint, got \[\]/],
])('%s is refused', (_, options, code, message) => {
  const api = () => newApi({ routers: routersAt(PREFIXES), endpoint: ApiEndpoint.rest(options) }, plainStack());
  expect(api).toThrow(message);
  expect(api).toThrow(expect.objectContaining({ code }));
});

test.each<[prefixes: string[], basePath: string | undefined, refused: string | undefined]>([
  [['/ping', '/users'], undefined, '/ping'],
  [['/sping'], undefined, '/sping'],
  [['/'], 'ping', '/'],
  [['/api/ping', '/pings'], undefined, undefined],
  [['/ping'], 'clinic', undefined],
])('with a domain, /ping and /sping are reserved: routers %j, base path %s', (prefixes, basePath, refused) => {
  const stack = plainStack();
  const certificate = Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-central-1:123456789012:certificate/x');
  const api = () => newApi({ routers: routersAt(prefixes), endpoint: ApiEndpoint.rest({ domain: { domainName: 'api.example.com', certificate, basePath } }) }, stack);
  if (refused === undefined) expect(api).not.toThrow();
  else expect(api).toThrow(`TestStack/Api: domain: on custom domains of REST APIs, API Gateway itself responds to /ping and /sping, got a router at "${refused}"; give it another prefix`);
});

test('without a domain, a router can have the prefix /ping', () => {
  expect(() => newApi({ routers: routersAt(['/ping']), endpoint: ApiEndpoint.rest() }, plainStack())).not.toThrow();
});

test.each<[RestApiEndpointOptions, RegExp | undefined]>([
  [{ usagePlan: { apiKeys: [] } }, /usagePlan\.apiKeys is empty, so no caller has the key that the routes require; .*usagePlanWithoutKeys/],
  [{ routes: { '/api/users': { apiKeyRequired: true } } }, /routes\["\/api\/users"\]\.apiKeyRequired is true, but the endpoint has no usage plan .*apiKeyWithoutUsagePlan/],
  [{ usagePlan: {}, routes: { '/api/users': { apiKeyRequired: true } } }, undefined],
  [{ routes: { '/api/users': { apiKeyRequired: false } } }, undefined],
])('synthesis warns if no caller can have an API key: %j', (options, warning) => {
  const stack = plainStack();
  newApi({ routers: routersAt(PREFIXES), endpoint: ApiEndpoint.rest(options) }, stack);
  const warnings = Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('usagePlan|WithoutUsagePlan')).map(({ entry }) => String(entry.data));
  expect(warnings).toEqual(warning ? [expect.stringMatching(warning)] : []);
});

test('a base path with leading or trailing slashes is refused', () => {
  const stack = plainStack();
  const certificate = Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-central-1:123456789012:certificate/x');
  const domain = { domainName: 'api.example.com', certificate, basePath: '/v1/' };
  expect(() => newApi({ routers: routersAt(PREFIXES), endpoint: ApiEndpoint.rest({ domain }) }, stack)).toThrow(/domain\.basePath/);
});

test('a prefix with characters that REST API paths cannot contain is refused', () => {
  expect(() => newApi({ routers: routersAt(['/a~b']), endpoint: ApiEndpoint.rest() }, plainStack()))
    .toThrow(/the paths of a REST API can contain only letters, digits, and ":\._-\$", got "\/a~b"; rename it, or use ApiEndpoint\.http/);
});
