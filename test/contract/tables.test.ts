/**
 * The tables of the contract are plain data, so a runtime in another language can be generated from them.
 */
import * as fs from 'fs';
import * as path from 'path';
import { ERROR_CODES, ErrorCode, LOAD_FAILURE_CODES, NOTICE_CODES, statusOf } from '../../lib/contract/error-codes';
import { ERROR_FIELDS, REQUEST_FIELDS, THROWN_FIELDS } from '../../lib/contract/log-lines';
import { DIMENSIONS, METRIC_NAMESPACE, MetricName, METRICS, unitOf, VERSION_METRICS } from '../../lib/contract/metrics';
import { PLATFORM_FIELDS, PLATFORM_REPORT } from '../../lib/contract/platform-report';
import { PRE_TRAFFIC_EVENT } from '../../lib/contract/pre-traffic';
import { VARIABLES } from '../../lib/contract/variables';
import { read } from '../support/docs';
import { listFiles } from '../support/project';

const ROOT = path.join(__dirname, '../..');
const LIB = path.join(ROOT, 'lib');

/** The tables whose entries have descriptions. */
const DESCRIBED = { METRICS, DIMENSIONS, ERROR_CODES, NOTICE_CODES, REQUEST_FIELDS, ERROR_FIELDS, THROWN_FIELDS, VARIABLES };

const CONTRACT = { METRIC_NAMESPACE, VERSION_METRICS, LOAD_FAILURE_CODES, PLATFORM_REPORT, PLATFORM_FIELDS, PRE_TRAFFIC_EVENT, ...DESCRIBED };

const entries = Object.entries(DESCRIBED).flatMap(([table, rows]) => Object.entries<{ readonly description: string }>(rows)
  .map(([name, row]) => [`${table}.${name}`, row] as const));

/** Renders a constant of the contract as Python code. */
function toPython(value: unknown): string {
  if (Array.isArray(value)) return `(${value.map((item) => `${toPython(item)},`).join(' ')})`;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}: ${toPython(member)}`).join(', ')}}`;
}

test.each(Object.entries(CONTRACT))('%s is plain data that JSON can represent', (_, table) => {
  expect(JSON.parse(JSON.stringify(table))).toStrictEqual(table);
});

test('each constant can be written as one Python literal', () => {
  const module = Object.entries(CONTRACT).map(([name, table]) => `${name} = ${toPython(table)}`).join('\n');
  expect(module).not.toMatch(/\b(undefined|null|true|false|NaN)\b(?=[,:})])/);
  expect(module.split('\n')).toHaveLength(Object.keys(CONTRACT).length);
  expect(toPython(VARIABLES.LAZY_API_LOG_LEVEL))
    .toBe('{"setBy": "user", "isPrefix": False, "description": "The lowest level of the lines that getLogger writes."}');
  expect(toPython(LOAD_FAILURE_CODES)).toBe('("ROUTER_LOAD_FAILED", "ROUTER_EXPORT",)');
});

test.each(entries)('%s has a description in one line', (_, { description }) => {
  expect(description).toMatch(/^[A-Z1][^\n]+\.$/);
});

test.each(Object.entries(METRICS))('%s has the unit that the runtime derives from its name, and is in the guide', (name, { unit }) => {
  expect(unitOf(name as MetricName)).toBe(unit);
  expect(read('docs/logs-and-metrics.md')).toContain(`\`${name}\``);
});

test.each(Object.entries(ERROR_CODES))('%s causes a response with the status in the table', (code, { status }) => {
  expect(statusOf(code as ErrorCode)).toBe(status);
  expect([400, 401, 404, 405, 500, 504]).toContain(status);
});

test('an error code is not a notice code', () => {
  expect(Object.keys(ERROR_CODES).filter((code) => code in NOTICE_CODES)).toEqual([]);
});

test('the sources use only variables that are in the table', () => {
  const named = listFiles(LIB).filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts') && !file.startsWith('contract/'))
    .flatMap((file) => fs.readFileSync(path.join(LIB, file), 'utf8').match(/\bLAZY_API_[A-Z_]+/g) ?? []);
  const known = Object.entries(VARIABLES);
  expect(named.filter((name) => !known.some(([variable, { isPrefix }]) => (isPrefix ? name.startsWith(variable) : name === variable)))).toEqual([]);
});
