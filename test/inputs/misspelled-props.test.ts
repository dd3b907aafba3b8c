/**
 * Callers whose compiler does not check types: a misspelled prop must not be ignored.
 */
import * as path from 'path';
import { ApiEndpoint, LazyApiFunctionProps, Routers, Rollout, Verify } from '../../lib';
import { newApi, newStack, USERS_AND_ORDERS } from '../support/app';
import { project } from '../support/project';

const NO_VERIFICATION = Verify.off();
const entry = path.join(project(USERS_AND_ORDERS), 'src/routers/users.ts');

const withProps = (props: object) => () => newApi(props as LazyApiFunctionProps);

test.each<[prop: string, code: string, create: () => unknown, message: string]>([
  ['a prop of the construct', 'PROPS', withProps({ verify: undefined, verfy: NO_VERIFICATION }), 'LazyApiFunction: "verfy" is not a prop; did you mean "verify"?'],
  ['a prop of the language', 'PROPS', withProps({ bundeling: {} }), 'LazyApiFunction: "bundeling" is not a prop; did you mean "bundling"?'],
  ['an option of the function', 'PROPS', withProps({ memorysize: 512 }), 'LazyApiFunction: "memorysize" is not a prop; did you mean "memorySize"?'],
  ['an option that is passed on', 'PROPS', withProps({ functionname: 'api' }), 'LazyApiFunction: "functionname" is not a prop; did you mean "functionName"?'],
  ['an option of monitoring', 'MONITORING', withProps({ monitoring: { alarmOverides: {} } }), 'monitoring: "alarmOverides" is not a prop; did you mean "alarmOverrides"?'],
  ['an option of an endpoint', 'ENDPOINT_OPTION', withProps({ endpoint: ApiEndpoint.http({ authorisation: {} } as object) }),
    'ApiEndpoint.http: "authorisation" is not a prop; did you mean "authorization"?'],
  ['an option of a rollout', 'ROLLOUT', () => Rollout.allAtOnce({ verfy: false } as object), 'Rollout.allAtOnce: "verfy" is not a prop; did you mean "verify"?'],
  ['an option of a router', 'ROUTERS', () => Routers.fromMap({ '/users': { entry, traficShare: 0.5 } as { entry: string } }),
    'routers["/users"]: "traficShare" is not a prop; did you mean "trafficShare"?'],
])('%s that is misspelled fails', (_, code, create, message) => {
  let error: unknown;
  try {
    create();
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toMatchObject({ code, message: expect.stringContaining(message) as string });
});

test.each<[what: string, props: object]>([
  ['known options of the function', { description: 'An API', tracing: undefined, ephemeralStorageSize: undefined }],
  ['options of a newer aws-cdk-lib', { gpuCount: 1, durableStorage: 'on', capacityProviderConfig: {} }],
  ['props of the app that are spread', { env: {}, stage: 'prod', tags: {}, stackName: 'api', domainName: 'a.example' }],
])('%s are accepted', (_, props) => {
  expect(() => newApi(props, newStack())).not.toThrow();
});
