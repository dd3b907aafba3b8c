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

test('a private API is reached through its VPC endpoints alone, and who calls it is for IAM to say', () => {
  const { EndpointConfiguration, Policy } = apiOf();
  expect(EndpointConfiguration).toEqual({ Types: ['PRIVATE'], VpcEndpointIds: [VPC_ENDPOINT] });
  expect(Policy.Statement).toEqual([DENY]);
});

test('what IAM does not authorise is allowed to everybody who comes that way', () => {
  expect(apiOf({ authorization: ApiAuthorization.none() }).Policy.Statement).toEqual([
    DENY, { Effect: 'Allow', Action: 'execute-api:Invoke', Principal: { AWS: '*' }, Resource: 'execute-api:/*' },
  ]);
});

function allowedBeside(options: RestApiEndpointOptions): string[] {
  const [deny, allow, ...others] = apiOf({ routes: { '/api/users/{id}': { authorization: ApiAuthorization.none() } }, ...options }).Policy.Statement;
  expect([deny, allow.Effect, others]).toEqual([DENY, 'Allow', []]);
  return allow.Resource as unknown as string[];
}

test('routes that IAM authorises stay closed beside open ones, but for preflight requests', () => {
  const methods = ['DELETE', 'GET', 'HEAD', 'PATCH', 'POST', 'PUT'];
  const paths = ['/api/users/*', '/api/users/*/*'];
  expect(allowedBeside({ cors: { allowOrigins: ['*'] }, stageName: 'v1' }).sort()).toEqual([
    ...methods.flatMap((method) => paths.map((path) => `execute-api:/v1/${method}${path}`)), 'execute-api:/v1/OPTIONS/*',
  ].sort());
});

test.each(['/api/health/OPTIONS/x', '/api/health/api/users/7', '/api/health/v1/GET/api/users/7', '/api/health', '/'])('no caller reaches %s by an allowance for another router', (path) => {
  const globs = allowedBeside({ cors: { allowOrigins: ['*'] } }).map((resource) => new RegExp(`^${resource.replace(/\*/g, '.*')}$`));
  expect(globs.filter((glob) => glob.test(`execute-api:/prod/GET${path}`))).toEqual([]);
  expect(globs.filter((glob) => glob.test('execute-api:/prod/GET/api/users/7/beds'))).not.toEqual([]);
});

test('more open routers than a policy can name are refused', () => {
  const stack = plainStack();
  const prefixes = Array.from({ length: 20 }, (_, i) => `/api/v1/router-${i}`);
  const routes = Object.fromEntries(prefixes.slice(1).map((prefix) => [prefix, { authorization: ApiAuthorization.none() }]));
  const endpoint = ApiEndpoint.rest({ vpcEndpoints: [vpcEndpointIn(stack)], routes });
  expect(() => newApi({ routers: routersAt(prefixes), endpoint }, stack)).toThrow(/would need \d+ characters for the routes that are public or require a user pool token, but at most 7500 are allowed; give all routers the same authorization, or divide/);
});

test('a Lambda authorizer decides alone: an allowance here would let in whom its policy does not mention', () => {
  const stack = plainStack();
  const handler = Function.fromFunctionArn(stack, 'Authorizer', 'arn:aws:lambda:eu-central-1:123456789012:function:authorizer');
  privateApi({ authorization: ApiAuthorization.lambdaAuthorizer(handler) }, stack);
  Template.fromStack(stack).hasResourceProperties('AWS::ApiGateway::RestApi', { Policy: { Statement: [Match.objectLike({ Effect: 'Deny' })] } });
});

test('tokens of a user pool need an allowance beside them', () => {
  const stack = plainStack();
  privateApi({ authorization: ApiAuthorization.cognito(new UserPool(stack, 'Pool')) }, stack);
  Template.fromStack(stack).hasResourceProperties('AWS::ApiGateway::RestApi', {
    Policy: { Statement: [Match.objectLike({ Effect: 'Deny' }), Match.objectLike({ Effect: 'Allow', Resource: 'execute-api:/*' })] },
  });
});

test.each([
  ['encloses a closed one', ['/clinics', '/clinics/admin'], ['/clinics'], /"\/clinics\/\{proxy\+\}" of "\/clinics", which covers "\/clinics\/admin" of "\/clinics\/admin"/],
  ['at the root encloses all', ['/', '/clinics'], ['/'], /"\/\{proxy\+\}" of "\/"/],
  ['has a parameter where a closed one has a literal', ['/clinics/{id}/beds', '/clinics/admin'], ['/clinics/{id}/beds'], /"\/clinics\/\{id\}\/beds" of .* covers "\/clinics\/admin"/],
  ['has a parameter within a closed one', ['/', '/clinics/{id}/beds'], ['/clinics/{id}/beds'], /covers "\/" of "\/"/],
  ['lies below a closed one', ['/clinics', '/clinics/health'], ['/clinics/health'], undefined],
  ['lies beside a closed one', ['/clinic', '/clinics'], ['/clinic'], undefined],
])('an open router that %s', (_, prefixes, open, refusal) => {
  const routes = Object.fromEntries(open.map((prefix) => [prefix, { authorization: ApiAuthorization.none() }]));
  const stack = plainStack();
  const create = () => newApi({ routers: routersAt(prefixes), endpoint: ApiEndpoint.rest({ vpcEndpoints: [vpcEndpointIn(stack)], routes }) }, stack);
  if (refusal) expect(create).toThrow(refusal);
  else expect(create).not.toThrow();
});

test('a domain is refused with the reason', () => {
  const stack = plainStack();
  const certificate = Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-central-1:123456789012:certificate/x');
  expect(() => privateApi({ domain: { domainName: 'api.example.com', certificate } }, stack)).toThrow(/domain cannot be combined with vpcEndpoints: a private API supports only private custom domain names/);
});
