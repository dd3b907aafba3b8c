import { Duration } from 'aws-cdk-lib';
import { IMetric, MathExpression, Metric, MetricOptions, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { errorRate } from './error-rate';
import { LazyApiMetrics } from './lazy-api-metrics';

/** What alarms and their thresholds derive from. */
export interface AlarmSource {
  readonly metrics: LazyApiMetrics;
  readonly function: IFunction;
  /** In milliseconds. Undefined if it is known only at deployment. */
  readonly timeout: number | undefined;
  /** In MB. Undefined if it is known only at deployment. */
  readonly memory: number | undefined;
  /** Undefined if no concurrency is reserved. */
  readonly reservedConcurrency: number | undefined;
}

/** How the samples of an alarm are taken. */
export interface Sampling {
  readonly period: Duration;
  readonly minSampleCount: number;
}

export function coldStartP95({ metrics }: AlarmSource, sampling: Sampling): IMetric | undefined {
  return metrics._has('ColdStartDuration') ? guardedP95('Cold start P95', sampling, (options) => metrics.coldStartDuration(options)) : undefined;
}

export function restoreP95({ metrics }: AlarmSource, sampling: Sampling): IMetric | undefined {
  return metrics._hasRestores() ? guardedP95('Restore P95', sampling, (options) => metrics.restoreDuration(options)) : undefined;
}

/** The P95 of a metric whose statistic is P95 by default. */
function guardedP95(label: string, { period, minSampleCount }: Sampling, of: (options: MetricOptions) => Metric): IMetric {
  return new MathExpression({
    label,
    expression: `IF(samples >= ${minSampleCount}, p95, 0)`,
    period,
    usingMetrics: { samples: of({ period, statistic: Stats.SAMPLE_COUNT }), p95: of({ period }) },
  });
}

export function guardedErrorRate({ metrics, function: fn }: AlarmSource, { period, minSampleCount }: Sampling): IMetric {
  const { expression, usingMetrics } = errorRate(metrics, fn, period);
  return new MathExpression({ label: 'Error rate', expression: `IF(invocations >= ${minSampleCount}, ${expression}, 0)`, period, usingMetrics });
}

/**
 * The usage of the account's quota includes concurrency that other functions have reserved.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-concurrency.html
 */
export function concurrencyShare({ function: fn, reservedConcurrency }: AlarmSource, { period }: Sampling): IMetric | undefined {
  if (reservedConcurrency === 0) return undefined;
  const concurrent = { metricName: 'ConcurrentExecutions', namespace: 'AWS/Lambda', statistic: Stats.MAXIMUM, period };
  if (reservedConcurrency !== undefined) {
    return new MathExpression({
      label: 'Concurrency',
      expression: `100 * concurrent / ${reservedConcurrency}`,
      period,
      usingMetrics: { concurrent: new Metric({ ...concurrent, dimensionsMap: { FunctionName: fn.functionName } }).attachTo(fn) },
    });
  }
  return new MathExpression({
    label: 'Concurrency of the account',
    expression: '100 * claimed / SERVICE_QUOTA(concurrent)',
    period,
    usingMetrics: { claimed: new Metric({ ...concurrent, metricName: 'ClaimedAccountConcurrency' }), concurrent: new Metric(concurrent) },
  });
}
