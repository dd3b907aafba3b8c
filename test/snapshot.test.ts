import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ApiEndpoint, ApiWebAcl } from '../lib';
import { newApi } from './support/app';

/** What depends on the sources instead of the topology. */
function withoutHashes(template: object): object {
  return JSON.parse(JSON.stringify(template).replace(/[0-9a-f]{64}/g, 'ASSET_HASH')) as object;
}

test('the template of the simplest API', () => {
  expect(withoutHashes(Template.fromStack(Stack.of(newApi())).toJSON())).toMatchSnapshot();
});

test('the template of a REST API with CORS, a web ACL and a usage plan', () => {
  const endpoint = ApiEndpoint.rest({ cors: { allowOrigins: ['https://app.example.com'] }, webAcl: ApiWebAcl.managedRules(), usagePlan: {} });
  expect(withoutHashes(Template.fromStack(Stack.of(newApi({ endpoint }))).toJSON())).toMatchSnapshot();
});
