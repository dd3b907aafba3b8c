/**
 * A line as a document in CloudWatch's embedded metric format. One request stays far below its limits: 100 metrics, 30 dimensions, 1 MB.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
import { DimensionName, METRIC_NAMESPACE, MetricName, unitOf, VERSION_METRICS } from '../../contract/metrics';

export type Metrics = { readonly [name in MetricName]?: number };
export type Dimensions = { readonly [name in DimensionName]?: string };

/** The members that CloudWatch turns into metrics. Each metric exists by function, by function and router, and some by function and version. */
export function embedMetrics(timestamp: number, metrics: Metrics, dimensions: Dimensions): object {
  const { Router, ExecutedVersion } = dimensions;
  const names = Object.keys(metrics) as MetricName[];
  const directive = (metricNames: readonly MetricName[], sets: ReadonlyArray<readonly DimensionName[]>) => ({
    Namespace: METRIC_NAMESPACE,
    Dimensions: sets,
    Metrics: metricNames.map((Name) => ({ Name, Unit: unitOf(Name) })),
  });
  return {
    ...dimensions,
    ...metrics,
    _aws: {
      Timestamp: timestamp,
      CloudWatchMetrics: [
        directive(names, [['FunctionName'], ...Router ? [['FunctionName', 'Router'] as const] : []]),
        ...ExecutedVersion ? [directive(names.filter((name) => VERSION_METRICS.includes(name)), [['FunctionName', 'ExecutedVersion']])] : [],
      ],
    },
  };
}
