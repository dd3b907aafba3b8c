import { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';

/** What a metric is without the options of a user. */
export interface MetricDefaults {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions?: { readonly [name: string]: string };
  readonly statistic: string;
}

/** A metric over 5 minutes, which is CDK's default period. Each option replaces the default. */
export function toMetric({ dimensions, ...defaults }: MetricDefaults, options: MetricOptions): Metric {
  return new Metric({ ...defaults, dimensionsMap: dimensions && { ...dimensions }, ...options });
}
