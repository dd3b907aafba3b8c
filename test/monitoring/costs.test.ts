/**
 * These tests compare the costs in the guide with the template, at CloudWatch prices in us-east-1: https://aws.amazon.com/cloudwatch/pricing/
 */
import { Duration } from 'aws-cdk-lib';
import { AlarmProperties } from './cloudwatch';
import { alarmsOf, templateWith } from './support';
import { Rollout } from '../../lib';
import type { Flight } from '../../lib/runtime/flights';
import { report } from '../../lib/runtime/report/report';
import { http2 } from '../runtime/events';
import { read } from '../support/docs';

const GUIDE = read('docs/monitoring.md');

/** Prices per month, in US dollars. */
const PRICE = { metric: 0.30, alarmedMetric: 0.10, gigabyteOfLog: 0.50 };

const metricsOf = ({ Metrics }: AlarmProperties) => Metrics?.filter(({ MetricStat }) => MetricStat).length ?? 1;
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

test('the guide states the cost of the alarms, which are billed by metric', () => {
  const alarms = Object.values(alarmsOf(templateWith()));
  const metrics = sum(alarms.map(metricsOf));
  expect(GUIDE).toContain(`| ${alarms.length} alarms over ${metrics} metrics | $${(metrics * PRICE.alarmedMetric).toFixed(2)} |`);
});

test('the guide states the cost of custom metrics, which are billed by name', () => {
  const template = templateWith();
  const text = JSON.stringify(template.toJSON());
  const reported = new Set([...text.matchAll(/\[\\*"LazyApi\\*",\\*"(\w+)\\*"/g)].map(([, name]) => name));
  // This metric exists only after a failure.
  reported.delete('RouterLoadFailures');
  const filters = Object.keys(template.findResources('AWS::Logs::MetricFilter')).length;
  const count = reported.size + filters;
  expect(GUIDE).toContain(`| ${count} custom metrics, ${reported.size} from the request log and ${filters} from Lambda's reports | $${(count * PRICE.metric).toFixed(2)} |`);
});

test('the guide states the cost of a canary, which adds alarms and metrics by version', () => {
  const alarms = Object.values(alarmsOf(templateWith({ rollout: Rollout.canary(10, Duration.minutes(5)), monitoring: { alarms: false } })));
  const metrics = sum(alarms.map(metricsOf));
  expect([alarms.length, metrics]).toEqual([2, 4]);
  expect(GUIDE).toContain(`| with a canary: 2 alarms over 4 metrics, and at most 2 metrics for each version | $${(metrics * PRICE.alarmedMetric + 2 * PRICE.metric).toFixed(2)} |`);
});

/** Returns the size of the log line of a warm request. Names are as long as those that API Gateway, Lambda, and CloudFormation generate. */
function requestLineBytes(): number {
  const variables = { AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand', AWS_LAMBDA_FUNCTION_NAME: 'Clinic-ApiFunction4F2A9C1B-u7Yx0QeJkLmN' };
  Object.assign(process.env, variables);
  let line = '';
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => { line += String(text); return true; });
  const event = http2({ path: '/api/v1/patients' });
  const now = performance.now();
  report({ everyRequest: true, path: false, perRouterMetrics: false, perVersionMetrics: false }).answered({
    event: { ...event, requestContext: { ...event.requestContext, requestId: 'JKJaXmPLvHcESHA=' } },
    requestId: '8a2c1b7e-1d2f-4a6b-9c3d-0e1f2a3b4c5d',
    router: '/api/v1/patients',
    started: now - 12.34,
    loaded: now - 12.12,
    status: 200,
  } as Partial<Flight> as Flight);
  write.mockRestore();
  for (const name of Object.keys(variables)) delete process.env[name];
  return Buffer.byteLength(line);
}

test('the documents state the actual size of a request line, and the cost of a million lines', () => {
  const bytes = Math.round(requestLineBytes() / 100) * 100;
  const gigabytes = bytes / 1000;
  expect(read('docs/logs-and-metrics.md')).toContain(`The function writes one JSON line of about ${bytes} bytes for each request:`);
  expect(GUIDE).toContain(`| request log, ${gigabytes} GB | $${(gigabytes * PRICE.gigabyteOfLog).toFixed(2)} |`);
  expect(read('docs/adr/0011-reporting.md')).toContain(`About ${bytes} bytes of log`);
  expect(read('lib/monitoring/request-log.ts')).toContain(`Logs every request in a line of about ${bytes} bytes.`);
});
