import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { plainStack, vpcEndpointIn } from './support';
import { ApiAuthorization, ApiEndpoint, RestApiEndpointOptions } from '../../../lib';
import { newApi, routersAt } from '../../support/app';

function privateApi(options: RestApiEndpointOptions, stack = plainStack()) {
  const endpoint = ApiEndpoint.rest({ vpcEndpoints: [vpcEndpointIn(stack)], ...options });
  return newApi({ routers: routersAt(['/api/health', '/api/users/{id}']), endpoint }, stack);
}

function apiOf(options: RestApiEndpointOptions = {}) {
  const [{ Properties }] = Object.values(Template.fromStack(Stack.of(privateApi(options))).findResources('AWS::ApiGateway::RestApi'));
  return Properties as { readonly EndpointConfiguration: object; readonly Policy: { readonly Statement: ReadonlyArray<{ readonly Effect: string; readonly Resource: object }> } };
}

const VPC_ENDPOINT = { Ref: expect.stringMatching(/^VpcExecuteApi/) };

const DENY = {
  Effect: 'Deny', Action: 'execute-api:Invoke', Principal: { AWS: '*' }, Resource: 'execute-api:/*',
  Condition: { StringNotEquals: { 'aws:SourceVpce': [VPC_ENDPOINT] } },
};

test('the resource policy of a private API denies requests that do not come through its VPC endpoints', () => {
  const { EndpointConfiguration, Policy } = apiOf();
  expect(EndpointConfiguration).toEqual({ Types: ['PRIVATE'], VpcEndpointIds: [VPC_ENDPOINT] });
  expect(Policy.Statement).toEqual([DENY]);
});

test('routes without IAM authorization are allowed for all callers that use the VPC endpoints', () => {
  expect(apiOf({ authorization: ApiAuthorization.none() }).Policy.Statement).toEqual([
    DENY, { Effect: 'Allow', Action: 'execute-api:Invoke', Principal: { AWS: '*' }, Resource: 'execute-api:/*' },
  ]);
});

function allowedBeside(options: RestApiEndpointOptions): string[] {
  const [deny, allow, ...others] = apiOf({ routes: { '/api/users/{id}': { authorization: ApiAuthorization.none() } }, ...options }).Policy.Statement;
  expect([deny, allow.Effect, others]).toEqual([DENY, 'Allow', []]);
  return allow.Resource as unknown as string[];
}

test('if only some routes are public, the Allow statement covers only these routes and preflight requests', () => {
  const methods = ['DELETE', 'GET', 'HEAD', 'PATCH', 'POST', 'PUT'];
  const paths = ['/api/users/*', '/api/users/*/*'];
  expect(allowedBeside({ cors: { allowOrigins: ['*'] }, stageName: 'v1' }).sort()).toEqual([
    ...methods.flatMap((method) => paths.map((path) => `execute-api:/v1/${method}${path}`)), 'execute-api:/v1/OPTIONS/*',
  ].sort());
});

test.each(['/api/health/OPTIONS/x', '/api/health/api/users/7', '/api/health/v1/GET/api/users/7', '/api/health', '/'])('the Allow statement for a public router does not match %s', (path) => {
  const globs = allowedBeside({ cors: { allowOrigins: ['*'] } }).map((resource) => new RegExp(`^${resource.replace(/\*/g, '.*')}$`));
  expect(globs.filter((glob) => glob.test(`execute-api:/prod/GET${path}`))).toEqual([]);
  expect(globs.filter((glob) => glob.test('execute-api:/prod/GET/api/users/7/beds'))).not.toEqual([]);
});

test('synthesis fails if the resource policy is too long with all public routers', () => {
  const stack = plainStack();
  const prefixes = Array.from({ length: 20 }, (_, i) => `/api/v1/router-${i}`);
  const routes = Object.fromEntries(prefixes.slice(1).map((prefix) => [prefix, { authorization: ApiAuthorization.none() }]));
  const endpoint = ApiEndpoint.rest({ vpcEndpoints: [vpcEndpointIn(stack)], routes });
  expect(() => newApi({ routers: routersAt(prefixes), endpoint }, stack)).toThrow(/would need \d+ characters for the routes that are public or require a user pool token, but at most 7500 are allowed; give all routers the same authorization, or divide/);
});

test('routes with a Lambda authorizer have no Allow statement, which would admit callers that the authorizer\'s policy does not mention', () => {
  const stack = plainStack();
  const handler = Function.fromFunctionArn(stack, 'Authorizer', 'arn:aws:lambda:eu-central-1:123456789012:function:authorizer');
  privateApi({ authorization: ApiAuthorization.lambdaAuthorizer(handler) }, stack);
  Template.fromStack(stack).hasResourceProperties('AWS::ApiGateway::RestApi', { Policy: { Statement: [Match.objectLike({ Effect: 'Deny' })] } });
});

test('routes with a user pool have an Allow statement', () => {
  const stack = plainStack();
  privateApi({ authorization: ApiAuthorization.cognito(new UserPool(stack, 'Pool')) }, stack);
  Template.fromStack(stack).hasResourceProperties('AWS::ApiGateway::RestApi', {
    Policy: { Statement: [Match.objectLike({ Effect: 'Deny' }), Match.objectLike({ Effect: 'Allow', Resource: 'execute-api:/*' })] },
  });
});

test.each([
  ['encloses a router with IAM authorization', ['/clinics', '/clinics/admin'], ['/clinics'], /"\/clinics\/\{proxy\+\}" of "\/clinics", which covers "\/clinics\/admin" of "\/clinics\/admin"/],
  ['at the root encloses all others', ['/', '/clinics'], ['/'], /"\/\{proxy\+\}" of "\/"/],
  ['has a parameter where a router with IAM authorization has a literal', ['/clinics/{id}/beds', '/clinics/admin'], ['/clinics/{id}/beds'], /"\/clinics\/\{id\}\/beds" of .* covers "\/clinics\/admin"/],
  ['has a parameter and lies below a router with IAM authorization', ['/', '/clinics/{id}/beds'], ['/clinics/{id}/beds'], /covers "\/" of "\/"/],
  ['lies below a router with IAM authorization', ['/clinics', '/clinics/health'], ['/clinics/health'], undefined],
  ['lies next to a router with IAM authorization', ['/clinic', '/clinics'], ['/clinic'], undefined],
])('a public router that %s', (_, prefixes, open, refusal) => {
  const routes = Object.fromEntries(open.map((prefix) => [prefix, { authorization: ApiAuthorization.none() }]));
  const stack = plainStack();
  const create = () => newApi({ routers: routersAt(prefixes), endpoint: ApiEndpoint.rest({ vpcEndpoints: [vpcEndpointIn(stack)], routes }) }, stack);
  if (refusal) expect(create).toThrow(refusal);
  else expect(create).not.toThrow();
});

test('a domain is refused, and the error names the reason', () => {
  const stack = plainStack();
  const certificate = Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-central-1:123456789012:certificate/x');
  expect(() => privateApi({ domain: { domainName: 'api.example.com', certificate } }, stack)).toThrow(/domain cannot be combined with vpcEndpoints: a private API supports only private custom domain names/);
});
