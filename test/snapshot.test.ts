import { Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ApiEndpoint, ApiWebAcl, LazyApiFunctionProps, ProvisionedConcurrency, Rollout } from '../lib';
import { everything } from './endpoint/http/support';
import { newApi, newStack, secretIn } from './support/app';

/** Values that depend on the sources instead of the topology, and the dashboard's widgets, which have their own tests. */
function withoutDetails(template: object): object {
  const text = JSON.stringify(template, (key, value: unknown) => (key === 'DashboardBody' ? 'WIDGETS' : value));
  return JSON.parse(text
    .replace(/[0-9a-f]{64}/g, 'ASSET_HASH')
    .replace(/((?:CurrentVersion|RateAlarm|FailuresAlarm)[0-9A-F]{8})[0-9a-f]{32}/g, '$1VERSION_HASH')) as object;
}

/** Monitoring is the same for all endpoints, so only the simplest API contains it. */
const unwatched = (props: Partial<LazyApiFunctionProps>) => ({ ...props, monitoring: { alarms: false, dashboard: false, savedQueries: false } });

test.each<[string, (stack: Stack) => Partial<LazyApiFunctionProps>]>([
  ['the simplest API', () => ({})],
  ['an HTTP API with JWT, CORS, a throttle, and a domain', (stack) => unwatched({ endpoint: ApiEndpoint.http(everything(stack)) })],
  ['a REST API with CORS, a web ACL, and a usage plan', () => unwatched({ endpoint: ApiEndpoint.rest({ cors: { allowOrigins: ['https://app.example.com'] }, webAcl: ApiWebAcl.managedRules(), usagePlan: {} }) })],
  ['a streaming function URL with a secret', (stack) => unwatched({ endpoint: ApiEndpoint.functionUrl({ streaming: true }), secrets: { DB: secretIn(stack) } })],
  ['an API with a canary rollout', () => unwatched({ rollout: Rollout.canary(10, Duration.minutes(5)) })],
  ['an API with provisioned concurrency', () => unwatched({ provisionedConcurrency: ProvisionedConcurrency.targetTracking({ maxCapacity: 10 }) })],
])('the template of %s', (_, propsFor) => {
  const stack = newStack();
  newApi(propsFor(stack), stack);
  expect(withoutDetails(Template.fromStack(stack).toJSON())).toMatchSnapshot();
});
