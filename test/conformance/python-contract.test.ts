/**
 * The names in the Python runtime are those of the contract: it carries copies, because it cannot import the tables.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ERROR_CODES } from '../../lib/contract/error-codes';
import { REQUEST_FIELDS } from '../../lib/contract/log-lines';
import { DIMENSIONS, METRIC_NAMESPACE, METRICS, VERSION_METRICS } from '../../lib/contract/metrics';
import { PRE_TRAFFIC_EVENT } from '../../lib/contract/pre-traffic';
import { LOCAL_FILE_VARIABLE, LOCAL_VARIABLES } from '../../lib/contract/variables';
import { lambdaPythons } from '../lambda-python';

const metrics = Object.keys(METRICS);

const PROGRAM = `
import json
from lazy_api.failures.coded_error import STATUS
from lazy_api.logger import _RESERVED
from lazy_api.report import emf
from lazy_api.rollout.pre_traffic import _EVENT
from lazy_api.secrets import local
print(json.dumps({
    "statuses": STATUS,
    "reserved": sorted(_RESERVED),
    "units": {name: emf.unit_of(name) for name in ${JSON.stringify(metrics)}},
    "namespace": emf.METRIC_NAMESPACE,
    "version_metrics": emf._VERSION_METRICS,
    "pre_traffic": _EVENT,
    "variables": local._VARIABLES,
    "file": local._FILE_VARIABLE,
}))
`;

const { stdout, stderr } = spawnSync(lambdaPythons.at(-1)!.path, ['-c', PROGRAM], { cwd: join(__dirname, '../../python'), encoding: 'utf8' });
const python = JSON.parse(stdout || `{ "error": ${JSON.stringify(stderr)} }`) as { readonly [name: string]: unknown };

test('the statuses of failures', () => {
  const others = Object.entries(ERROR_CODES).filter(([, { status }]) => status !== 500).map(([code, { status }]) => [code, status]);
  expect(python.statuses).toEqual(Object.fromEntries(others));
});

test('the units of metrics, their namespace, and those of versions', () => {
  expect(python.units).toEqual(Object.fromEntries(Object.entries(METRICS).map(([name, { unit }]) => [name, unit])));
  expect(python.namespace).toBe(METRIC_NAMESPACE);
  expect(python.version_metrics).toEqual(VERSION_METRICS);
});

test('the fields that a router cannot take for metrics and dimensions', () => {
  expect(python.reserved).toEqual(expect.arrayContaining([...metrics, ...Object.keys(DIMENSIONS), '_aws', 'type', 'time', 'record', 'code', 'fields']));
});

test('the reserved fields of the request line are those that queries look for', () => {
  const times = Object.keys(REQUEST_FIELDS).filter((name) => (python.reserved as string[]).includes(name));
  expect(times).toEqual(['timestamp', 'level', 'message', 'requestId', 'router', 'routerLoadMs', 'totalMs']);
});

test('the event of the check before traffic, and the variables with local values', () => {
  expect(python.pre_traffic).toEqual(PRE_TRAFFIC_EVENT);
  expect(python.variables).toEqual(LOCAL_VARIABLES);
  expect(python.file).toBe(LOCAL_FILE_VARIABLE);
});
