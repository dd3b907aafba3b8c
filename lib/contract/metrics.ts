/**
 * The metrics that CloudWatch extracts from the function's reports. Alarms, queries, and dashboards use only these metrics.
 *
 * The names are part of the API: users write alarms for them.
 */

/** The namespace of all metrics that the function reports. */
export const METRIC_NAMESPACE = 'LazyApi';

/** A unit as CloudWatch names it: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html */
export type MetricUnit = 'Milliseconds' | 'Count';

interface MetricEntry {
  readonly unit: MetricUnit;
  readonly description: string;
}

export const METRICS = {
  ColdStartDuration: {
    unit: 'Milliseconds',
    description: 'From the arrival of a request at the endpoint to its response. Only for requests that waited for the environment to start.',
  },
  InitAndLoadDuration: {
    unit: 'Milliseconds',
    description: 'The part of a cold start that the function\'s own code causes: INIT, and the loading of the router.',
  },
  RouterLoadDuration: {
    unit: 'Milliseconds',
    description: 'How long a request waited for its router to be loaded.',
  },
  RequestDuration: {
    unit: 'Milliseconds',
    description: 'How long the function took for a request that did not wait for the environment to start.',
  },
  Requests: {
    unit: 'Count',
    description: '1 for a request.',
  },
  ServerErrors: {
    unit: 'Count',
    description: '1 for a response with a status from 500 to 599, 0 for others.',
  },
  RouterLoadFailures: {
    unit: 'Count',
    description: '1 for a request whose router could not be loaded; in INIT, the number of modules that could not be loaded.',
  },
} as const satisfies { readonly [metric: string]: MetricEntry };

export type MetricName = keyof typeof METRICS;

/** The unit of a metric, derived from its name, because the runtime does not contain the table. A test compares both. */
export function unitOf(metric: MetricName): MetricUnit {
  return metric.endsWith('Duration') ? 'Milliseconds' : 'Count';
}

/** The metrics that rollback alarms need for each version. */
export const VERSION_METRICS: readonly MetricName[] = ['ServerErrors', 'RouterLoadFailures'];

export const DIMENSIONS = {
  FunctionName: { description: 'The name of the function. Every metric has it.' },
  Router: { description: 'The prefix of the router, if metrics per router are on.' },
  ExecutedVersion: { description: 'The version of the function, if a rollout compares two versions. AWS/Lambda uses the same name.' },
} as const satisfies { readonly [dimension: string]: { readonly description: string } };

export type DimensionName = keyof typeof DIMENSIONS;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Dimension.html */
const MAX_DIMENSION = 1024;

/** The value of the dimension `Router`. */
export function routerDimension(prefix: string): string {
  return prefix.slice(0, MAX_DIMENSION);
}
