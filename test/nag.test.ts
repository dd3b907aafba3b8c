import { Stack, Validations } from 'aws-cdk-lib';
import { MethodLoggingLevel } from 'aws-cdk-lib/aws-apigateway';
import { FeaturePlan, Mfa, UserPool } from 'aws-cdk-lib/aws-cognito';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ApiAuthorization, ApiEndpoint, ApiWebAcl, RestApiEndpointOptions } from '../lib';
import { newApi, newStack } from './support/app';

const rulesBroken = ({ node: { root: app } }: Stack): string[] => new AwsSolutionsChecks(app).validateScope(app).violations.map(({ ruleName }) => ruleName);

test('AwsSolutions has no finding in the default configuration, without a single acknowledgement', () => {
  const app = Stack.of(newApi()).node.root;
  expect(new AwsSolutionsChecks(app).validateScope(app).violations).toEqual([]);
});

test('AwsSolutions does find what a user opens up', () => {
  const app = Stack.of(newApi({ endpoint: ApiEndpoint.http({ authorization: ApiAuthorization.none() }) })).node.root;
  expect(new AwsSolutionsChecks(app).validateScope(app).violations.map(({ ruleName }) => ruleName)).toEqual(['AwsSolutions-APIG4']);
});

const PROTECTED: RestApiEndpointOptions = { webAcl: ApiWebAcl.managedRules(), executionLogLevel: MethodLoggingLevel.ERROR };

test('AwsSolutions has no finding for a REST API with Cognito, WAF and execution logs', () => {
  const stack = newStack();
  const pool = new UserPool(stack, 'Pool', {
    mfa: Mfa.REQUIRED,
    mfaSecondFactor: { sms: false, otp: true },
    featurePlan: FeaturePlan.PLUS,
    passwordPolicy: { minLength: 12, requireDigits: true, requireLowercase: true, requireSymbols: true, requireUppercase: true },
  });
  newApi({ endpoint: ApiEndpoint.rest({ ...PROTECTED, authorization: ApiAuthorization.cognito(pool) }) }, stack);
  expect(rulesBroken(stack)).toEqual([]);
});

test('AwsSolutions wants Cognito of a REST API that IAM authorises, and nothing else', () => {
  const stack = newStack();
  const api = newApi({ endpoint: ApiEndpoint.rest(PROTECTED) }, stack);
  expect([...new Set(rulesBroken(stack))]).toEqual(['AwsSolutions-COG4']);
  Validations.of(api.endpoint).acknowledge({ id: 'AwsSolutions-COG4', reason: 'Callers are AWS principals, authorised by IAM' });
  expect(rulesBroken(stack)).toEqual([]);
});

test('AwsSolutions finds what a REST API has only where it is asked for', () => {
  const stack = newStack();
  newApi({ endpoint: ApiEndpoint.rest() }, stack);
  expect([...new Set(rulesBroken(stack))].sort()).toEqual(['AwsSolutions-APIG3', 'AwsSolutions-APIG6', 'AwsSolutions-COG4']);
});
