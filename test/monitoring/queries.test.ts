/**
 * These tests check that the fields in queries and filters exist: in the lines that the runtime writes in Lambda's runtime client, and in Lambda's
 * report as AWS documents it.
 */
import { templateWith } from './support';
import { ERROR_FIELDS, REQUEST_FIELDS, THROWN_FIELDS } from '../../lib/contract/log-lines';
import { DIMENSIONS, METRICS } from '../../lib/contract/metrics';
import { ALARM_SPECS } from '../../lib/monitoring/alarm-specs';
import { SAVED_QUERIES } from '../../lib/monitoring/queries';
import { lambdaNodes } from '../lambda-node';
import { runInClient } from '../lambda-node/runtime-client';
import { http2 } from '../runtime/events';
import { assetOf, newApi, routersOf } from '../support/app';

/** https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html#platform-report */
const PLATFORM_REPORT = {
  time: '2026-01-01T00:00:00.000Z',
  type: 'platform.report',
  record: {
    requestId: '6d68ca91-49c9-448d-89b8-7ca3e6dc66aa',
    metrics: { durationMs: 693.922, billedDurationMs: 694, initDurationMs: 397.68, maxMemoryUsedMB: 84, memorySizeMB: 1024 },
    status: 'success',
  },
};

/** The keywords of the query language: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html */
const WORDS = new Set(['filter', 'stats', 'display', 'sort', 'limit', 'by', 'as', 'and', 'or', 'in', 'desc', 'asc', 'bin', 'count', 'sum', 'avg', 'max', 'pct', 'latest', 'ispresent']);

/** Returns the fields that a query reads, without keywords, aliases, and text. */
function fieldsOf(query: string): string[] {
  const bare = query.replace(/"[^"]*"/g, '').replace(/\bbin\(\w+\)/g, '');
  const aliases = [...bare.matchAll(/\bas (\w+)/g)].map(([, alias]) => alias);
  return [...new Set(bare.match(/@?[A-Za-z][\w.]*/g))].filter((name) => !name.startsWith('@') && !WORDS.has(name) && !aliases.includes(name));
}

function at(line: unknown, field: string): unknown {
  return field.split('.').reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], line);
}

let lines: unknown[];

beforeAll(async () => {
  const asset = assetOf(newApi({
    routers: routersOf({
      'src/routers/users.ts': 'export const handler = async () => ({ statusCode: 200 });',
      'src/routers/broken.ts': 'import { missing } from "./_broken"; export const handler = async () => missing();',
      'src/routers/_broken.ts': 'throw new TypeError("no configuration"); export const missing = () => {};',
    }),
  }));
  const ask = (name: string) => {
    const event = http2({ path: `/api/${name}`, resource: `/api/${name}` });
    return { ...event, requestContext: { ...event.requestContext, timeEpoch: Date.now() } };
  };
  const { stdout } = await runInClient(lambdaNodes[0], asset, [ask('users'), ask('broken')]);
  lines = stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line) as unknown);
});

test('fieldsOf finds the fields of a query', () => {
  expect(fieldsOf('filter level = "ERROR" and ispresent(code)\n| stats count(*) as errors, pct(totalMs, 95) as p95 by router, bin(5m)\n| display @timestamp, error.name\n| sort errors desc\n| limit 25'))
    .toEqual(['level', 'code', 'totalMs', 'router', 'error.name']);
});

test.each(SAVED_QUERIES.map(({ name, query }) => [name, query.toString()]))('the runtime writes lines with the fields of the query "%s"', (_, query) => {
  const fields = fieldsOf(query);
  expect(fields.length).toBeGreaterThan(0);
  expect(fields.filter((field) => !lines.some((line) => at(line, field) !== undefined))).toEqual([]);
});

/** Returns the fields of a line that the table does not contain, and the fields that are missing or have a wrong type. */
function differences(line: object, fields: { readonly [name: string]: { readonly type: string; readonly required: boolean; readonly values?: readonly string[] } }): string[] {
  const unknown = Object.keys(line).filter((name) => !(name in fields));
  return [...unknown, ...Object.entries(fields).filter(([name, { type, required, values }]) => {
    const value = at(line, name);
    if (value === undefined) return required;
    if (type === 'thrown') return differences(value as object, THROWN_FIELDS).length > 0;
    return typeof value !== type || (values && !values.includes(value as string));
  }).map(([name]) => name)];
}

test('lines of the runtime have exactly the fields of the contract, with the right types', () => {
  const requests = lines.filter((line) => at(line, 'totalMs') !== undefined) as object[];
  const failures = lines.filter((line) => at(line, 'code') !== undefined) as object[];
  expect([requests.length, failures.length]).toEqual([2, 2]);
  for (const line of requests) {
    const own = Object.entries(line).filter(([name]) => !(name in METRICS || name in DIMENSIONS || name === '_aws'));
    expect(differences(Object.fromEntries(own), REQUEST_FIELDS)).toEqual([]);
  }
  for (const line of failures) expect(differences(line, ERROR_FIELDS)).toEqual([]);
  expect(differences({ level: 'FATAL', message: 1, also: 1 }, ERROR_FIELDS)).toEqual(['also', 'timestamp', 'level', 'message', 'code']);
});

test('Lambda\'s report contains the fields of the metric filters', () => {
  const filters = Object.values(templateWith().findResources('AWS::Logs::MetricFilter')) as Array<{ Properties: { FilterPattern: string; MetricTransformations: [{ MetricValue: string }] } }>;
  expect(filters).toHaveLength(2);
  for (const { Properties: { FilterPattern, MetricTransformations: [{ MetricValue }] } } of filters) {
    const fields = [...FilterPattern.matchAll(/\$\.([\w.]+)/g)].map(([, field]) => field);
    expect(fields).toHaveLength(2);
    expect(fields.map((field) => at(PLATFORM_REPORT, field))).toEqual(['platform.report', expect.any(Number)]);
    expect(MetricValue).toBe(`$.${fields[1]}`);
  }
});

test('lines of the runtime contain the custom metrics of the alarms and the dashboard', () => {
  const text = JSON.stringify(templateWith().toJSON());
  const names = new Set([...text.matchAll(/\[\\*"LazyApi\\*",\\*"(\w+)\\*"/g), ...text.matchAll(/"MetricName":"(\w+)","Namespace":"LazyApi"/g)].map(([, name]) => name));
  expect([...names].sort()).toEqual(['ColdStartDuration', 'InitAndLoadDuration', 'RequestDuration', 'Requests', 'RouterLoadDuration', 'RouterLoadFailures', 'ServerErrors']);
  const warm = (name: string) => name === 'RequestDuration' || lines.some((line) => typeof at(line, name) === 'number');
  expect([...names].filter((name) => !warm(name))).toEqual([]);
});

test('alarms name saved queries that exist', () => {
  const named = ALARM_SPECS.flatMap(({ firstStep }) => [...firstStep.matchAll(/saved query "([^"]+)"/g)].map(([, name]) => name));
  expect(named.length).toBeGreaterThan(2);
  expect(named.filter((name) => !SAVED_QUERIES.some((query) => query.name === name))).toEqual([]);
});

test('saved queries are for the function\'s log group, in a folder named after the construct', () => {
  const definitions = Object.values(templateWith().findResources('AWS::Logs::QueryDefinition')) as Array<{ Properties: { Name: string; LogGroupNames: unknown[] } }>;
  expect(definitions.map(({ Properties }) => Properties.Name).sort()).toEqual(SAVED_QUERIES.map(({ name }) => `TestStack/Api/${name}`).sort());
  for (const { Properties } of definitions) expect(Properties.LogGroupNames).toEqual([{ Ref: expect.stringMatching(/^ApiLogGroup/) }]);
  templateWith({ monitoring: { savedQueries: false } }).resourceCountIs('AWS::Logs::QueryDefinition', 0);
});
