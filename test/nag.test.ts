import { Duration, Stack } from 'aws-cdk-lib';
import { MethodLoggingLevel } from 'aws-cdk-lib/aws-apigateway';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ApiAuthorization, ApiEndpoint, ApiWebAcl, Rollout } from '../lib';
import { newApi, newStack } from './support/app';

/** The findings for an API behind this endpoint without acknowledgements. Each finding occurs once, even if several routes have it. */
function findingsFor(endpoint?: ApiEndpoint | ((stack: Stack) => ApiEndpoint)): string[] {
  const stack = newStack();
  newApi({ endpoint: typeof endpoint === 'function' ? endpoint(stack) : endpoint }, stack);
  const app = stack.node.root;
  // Findings about the test's own user pool do not count.
  const violations = new AwsSolutionsChecks(app).validateScope(app).violations.filter(({ ruleName }) => !/-COG[1-38]/.test(ruleName));
  return [...new Set(violations.map(({ ruleName }) => ruleName))];
}

const PROTECTED = { webAcl: ApiWebAcl.managedRules(), executionLogLevel: MethodLoggingLevel.ERROR };

test.each<[string, Parameters<typeof findingsFor>[0]]>([
  ['the default configuration', undefined],
  ['an HTTP API with a JWT authorizer', ApiEndpoint.http({ authorization: ApiAuthorization.jwt({ issuer: 'https://issuer.example.com', audience: ['clinic'] }) })],
  ['an HTTP API with CORS, whose preflight routes cannot have authorization', ApiEndpoint.http({ cors: { allowOrigins: ['*'] } })],
  ['a REST API with Cognito and a web ACL', (stack) => ApiEndpoint.rest({ ...PROTECTED, authorization: ApiAuthorization.cognito(new cognito.UserPool(stack, 'Pool')) })],
  ['a function URL', ApiEndpoint.functionUrl()],
])('AwsSolutions has no findings for %s', (_, endpoint) => {
  expect(findingsFor(endpoint)).toEqual([]);
});

test('for a REST API with IAM and a web ACL, the only AwsSolutions finding is that it does not use Cognito', () => {
  expect(findingsFor(ApiEndpoint.rest(PROTECTED))).toEqual(['AwsSolutions-COG4']);
});

test('for a canary, AwsSolutions finds only two necessary wildcard permissions: to describe alarms, and to invoke the next version', () => {
  const stack = newStack();
  newApi({ rollout: Rollout.canary(10, Duration.minutes(5)) }, stack);
  const { violations } = new AwsSolutionsChecks(stack.node.root).validateScope(stack.node.root);
  expect(violations.map(({ ruleName }) => ruleName.replace(/<.*>/, 'FUNCTION')).sort()).toEqual(['AwsSolutions-IAM5[Resource::*]', 'AwsSolutions-IAM5[Resource::FUNCTION:*]']);
});

test('for a limit of versions, AwsSolutions finds the permission to delete any version, and a state machine without logs and traces', () => {
  const stack = newStack();
  newApi({ retainedVersions: 2 }, stack);
  const { violations } = new AwsSolutionsChecks(stack.node.root).validateScope(stack.node.root);
  expect(violations.map(({ ruleName }) => ruleName.replace(/<.*>/, 'FUNCTION')).sort()).toEqual([
    'AwsSolutions-IAM5[Resource::FUNCTION:*]', 'AwsSolutions-SF1', 'AwsSolutions-SF2',
  ]);
});

test.each<[string, ApiEndpoint, string[]]>([
  ['an open HTTP API', ApiEndpoint.http({ authorization: ApiAuthorization.none() }), ['AwsSolutions-APIG4']],
  ['a REST API without web ACL and execution logs', ApiEndpoint.rest(), ['AwsSolutions-APIG3', 'AwsSolutions-APIG6', 'AwsSolutions-COG4']],
])('AwsSolutions finds what a user has left out: %s', (_, endpoint, findings) => {
  expect(findingsFor(endpoint).sort()).toEqual(findings);
});
