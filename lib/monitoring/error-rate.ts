import type { Duration } from 'aws-cdk-lib';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LazyApiMetrics } from './lazy-api-metrics';

export interface MetricMath {
  readonly expression: string;
  readonly usingMetrics: { [id: string]: IMetric };
}

/**
 * As a percentage of all invocations: responses from 500 to 599, which the function reports, and timeouts and crashes, which Lambda counts. A period
 * without responses has no ServerErrors, because all requests may have timed out.
 */
export function errorRate(metrics: LazyApiMetrics, fn: IFunction, period?: Duration): MetricMath {
  const lambdas = { invocations: fn.metricInvocations({ period }), errors: fn.metricErrors({ period }) };
  if (!metrics._has('ServerErrors')) return { expression: '100 * errors / invocations', usingMetrics: lambdas };
  return {
    expression: '100 * (FILL(serverErrors, 0) + errors) / invocations',
    usingMetrics: { ...lambdas, serverErrors: metrics.serverErrors({ period }) },
  };
}
