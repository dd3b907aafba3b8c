import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ApiEndpoint, ApiWebAcl, LazyApiFunctionProps } from '../lib';
import { everything } from './endpoint/http/support';
import { newApi, newStack, secretIn } from './support/app';

/** What depends on the sources instead of the topology. */
function withoutHashes(template: object): object {
  return JSON.parse(JSON.stringify(template).replace(/[0-9a-f]{64}/g, 'ASSET_HASH')) as object;
}

test.each<[string, (stack: Stack) => Partial<LazyApiFunctionProps>]>([
  ['the simplest API', () => ({})],
  ['an HTTP API with JWT, CORS, a throttle and a domain', (stack) => ({ endpoint: ApiEndpoint.http(everything(stack)) })],
  ['a REST API with CORS, a web ACL and a usage plan', () => ({ endpoint: ApiEndpoint.rest({ cors: { allowOrigins: ['https://app.example.com'] }, webAcl: ApiWebAcl.managedRules(), usagePlan: {} }) })],
  ['a function URL that streams, with a secret', (stack) => ({ endpoint: ApiEndpoint.functionUrl({ streaming: true }), secrets: { DB: secretIn(stack) } })],
])('the template of %s', (_, propsFor) => {
  const stack = newStack();
  newApi(propsFor(stack), stack);
  expect(withoutHashes(Template.fromStack(stack).toJSON())).toMatchSnapshot();
});
