import { Duration } from 'aws-cdk-lib';
import { toMetric } from '../../lib/private/to-metric';

const DEFAULTS = { namespace: 'AWS/Lambda', metricName: 'UrlRequestCount', dimensions: { FunctionName: 'fn' }, statistic: 'Sum' };

test('a metric has the defaults and a period of 5 minutes', () => {
  expect(toMetric(DEFAULTS, {})).toMatchObject({ ...DEFAULTS, period: Duration.minutes(5) });
});

test('options replace the defaults', () => {
  expect(toMetric(DEFAULTS, { statistic: 'Maximum', period: Duration.minutes(1), dimensionsMap: { FunctionName: 'other' } })).toMatchObject({
    metricName: 'UrlRequestCount', statistic: 'Maximum', period: Duration.minutes(1), dimensions: { FunctionName: 'other' },
  });
});
