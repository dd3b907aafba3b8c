import * as fs from 'fs';
import * as path from 'path';
import { ApiEndpoint, LazyApiFunctionProps, ProvisionedConcurrency, Rollout } from '../../lib';
import { everything } from '../endpoint/http/support';
import { PUBLIC, vpcEndpointIn } from '../endpoint/rest/support';
import { minutes, newApi, newApp, newStack, secretIn } from '../support/app';

type Stack = ReturnType<typeof newStack>;

// aws-cdk-lib 2.257 has no validator yet, so this test runs only with the newest version.
test.each<[string, (stack: Stack) => Partial<LazyApiFunctionProps>]>([
  ['an HTTP API', () => ({ endpoint: ApiEndpoint.http() })],
  ['an HTTP API with all options', (stack) => ({ endpoint: ApiEndpoint.http(everything(stack)) })],
  ['a function URL', () => ({ endpoint: ApiEndpoint.functionUrl({ streaming: true, cors: { allowOrigins: ['https://app.example.com'] } }) })],
  ['a REST API', () => ({ endpoint: ApiEndpoint.rest(PUBLIC) })],
  ['a private REST API', (stack) => ({ endpoint: ApiEndpoint.rest({ vpcEndpoints: [vpcEndpointIn(stack)] }) })],
  ['an API with a canary rollout and all alarms', () => ({ rollout: Rollout.canary(10, minutes(5)), monitoring: { alarmOverrides: { trafficFloor: { threshold: 1 } } } })],
  ['an API with a linear rollout', () => ({ rollout: Rollout.linear(10, minutes(1)), reservedConcurrentExecutions: 10 })],
  ['an API with provisioned concurrency', () => ({ provisionedConcurrency: ProvisionedConcurrency.targetTracking({ maxCapacity: 5 }), monitoring: { perRouterMetrics: true } })],
])('CloudFormation\'s own rules have no findings for the template of %s', (_, propsFor) => {
  process.env.CDK_VALIDATION = 'true';
  const app = newApp({ context: { '@aws-cdk/core:validateAgainstDefaultRules': true } });
  const stack = newStack({}, app);
  newApi({ secrets: { DB: secretIn(stack) }, ...propsFor(stack) }, stack);
  app.synth();
  const report = JSON.parse(fs.readFileSync(path.join(app.outdir, 'validation-report.json'), 'utf8')) as { pluginReports: unknown[] };
  expect(report.pluginReports).toEqual([]);
});
