/**
 * The costs in README are those of the template, at CloudWatch's prices in us-east-1: https://aws.amazon.com/cloudwatch/pricing/
 */
import * as fs from 'fs';
import * as path from 'path';
import { Duration } from 'aws-cdk-lib';
import { AlarmProperties } from './cloudwatch';
import { alarmsOf, templateWith } from './support';
import { Rollout } from '../../lib';

const README = fs.readFileSync(path.join(__dirname, '../../README.md'), 'utf8');

/** A month, in US dollars. */
const PRICE = { metric: 0.30, alarmedMetric: 0.10 };

const metricsOf = ({ Metrics }: AlarmProperties) => Metrics?.filter(({ MetricStat }) => MetricStat).length ?? 1;
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

test('alarms are billed for each metric that they look at', () => {
  const alarms = Object.values(alarmsOf(templateWith()));
  const metrics = sum(alarms.map(metricsOf));
  expect(README).toContain(`| ${alarms.length} alarms over ${metrics} metrics | $${(metrics * PRICE.alarmedMetric).toFixed(2)} |`);
});

test('custom metrics are billed for each name', () => {
  const template = templateWith();
  const text = JSON.stringify(template.toJSON());
  const reported = new Set([...text.matchAll(/\[\\*"LazyApi\\*",\\*"(\w+)\\*"/g)].map(([, name]) => name));
  // It is there only when something has failed.
  reported.delete('RouterLoadFailures');
  const filters = Object.keys(template.findResources('AWS::Logs::MetricFilter')).length;
  const count = reported.size + filters;
  expect(README).toContain(`| ${count} custom metrics, ${reported.size} from the request log and ${filters} from Lambda's reports | $${(count * PRICE.metric).toFixed(2)} |`);
});

test('a canary has alarms, and metrics by version', () => {
  const alarms = Object.values(alarmsOf(templateWith({ rollout: Rollout.canary(10, Duration.minutes(5)), monitoring: { alarms: false } })));
  const metrics = sum(alarms.map(metricsOf));
  expect([alarms.length, metrics]).toEqual([2, 4]);
  expect(README).toContain(`its two alarms, over four metrics, and at most two metrics for each version are $${(metrics * PRICE.alarmedMetric + 2 * PRICE.metric).toFixed(2)} a month`);
});
