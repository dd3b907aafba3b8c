import { Stack } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ApiAuthorization, ApiEndpoint } from '../lib';
import { newApi } from './support/app';

test('AwsSolutions has no finding in the default configuration, without a single acknowledgement', () => {
  const app = Stack.of(newApi()).node.root;
  expect(new AwsSolutionsChecks(app).validateScope(app).violations).toEqual([]);
});

test('AwsSolutions does find what a user opens up', () => {
  const app = Stack.of(newApi({ endpoint: ApiEndpoint.http({ authorization: ApiAuthorization.none() }) })).node.root;
  expect(new AwsSolutionsChecks(app).validateScope(app).violations.map(({ ruleName }) => ruleName)).toEqual(['AwsSolutions-APIG4']);
});
