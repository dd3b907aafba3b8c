import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, IMetric, MathExpression, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { AlarmOptions, AlarmSeverity } from './alarm-options';
import { errorRate } from './error-rate';
import { LazyApiMetrics } from './lazy-api-metrics';

/** What alarms are made of, and what their thresholds derive from. */
export interface AlarmSource {
  readonly metrics: LazyApiMetrics;
  readonly function: IFunction;
  /** In milliseconds; undefined where synthesis does not know it. */
  readonly timeout: number | undefined;
  /** In MB; undefined where synthesis does not know it. */
  readonly memory: number | undefined;
  /** Undefined where none is reserved. */
  readonly reservedConcurrency: number | undefined;
}

/** How the samples of an alarm are taken. */
export interface Sampling {
  readonly period: Duration;
  readonly minSampleCount: number;
}

/** One row of the table. */
export interface AlarmSpec {
  /** By which it is overridden. */
  readonly name: string;
  /** The construct's id. */
  readonly id: string;
  readonly severity: AlarmSeverity;
  readonly comparison: ComparisonOperator;
  /** What it compares, in words. */
  readonly measure: string;
  readonly unit: string;
  /** Undefined where nobody but the user knows it: without theirs, there is no alarm. */
  readonly threshold: (source: AlarmSource) => number | undefined;
  readonly period: Duration;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  /** Undefined where every sample counts. */
  readonly minSampleCount?: number;
  readonly treatMissingData?: TreatMissingData;
  readonly meaning: string;
  readonly firstStep: string;
  /** Undefined where what it compares is not there. */
  readonly metric: (source: AlarmSource, sampling: Sampling) => IMetric | undefined;
}

const { WARNING, CRITICAL } = AlarmSeverity;
const { GREATER_THAN_THRESHOLD: ABOVE, GREATER_THAN_OR_EQUAL_TO_THRESHOLD: AT_LEAST, LESS_THAN_THRESHOLD: BELOW } = ComparisonOperator;

const QUARTER = { period: Duration.minutes(15), evaluationPeriods: 3, datapointsToAlarm: 2 };
const FIVE_MINUTES = { period: Duration.minutes(5), evaluationPeriods: 3, datapointsToAlarm: 2 };
const AT_ONCE = { period: Duration.minutes(5), evaluationPeriods: 1, datapointsToAlarm: 1 };

const COLD_START = {
  ...QUARTER,
  comparison: ABOVE,
  measure: 'P95 of the cold starts',
  unit: 'ms',
  minSampleCount: 5,
  meaning: 'Callers wait too long for environments to start.',
  firstStep: 'Run the saved query "Slowest cold starts": a large routerLoadMs is the router\'s own code, a large initMs what INIT loads; compare with the last deployment.',
  metric: coldStartP95,
};

/** All alarms. Their defaults are stated in README, their names are API. */
export const ALARM_SPECS: readonly AlarmSpec[] = [
  { ...COLD_START, name: 'coldStartWarning', id: 'ColdStartWarningAlarm', severity: WARNING, threshold: () => 4000 },
  { ...COLD_START, name: 'coldStartCritical', id: 'ColdStartCriticalAlarm', severity: CRITICAL, threshold: () => 5000 },
  {
    ...FIVE_MINUTES,
    name: 'errorRate',
    id: 'ErrorRateAlarm',
    severity: CRITICAL,
    comparison: ABOVE,
    measure: 'answers with a status from 500 to 599, timeouts and crashes, of all invocations',
    unit: '%',
    threshold: () => 1,
    minSampleCount: 5,
    meaning: 'Callers get errors that are not theirs.',
    firstStep: 'Run the saved query "Errors by router". One router: look at its last change. All of them: a dependency, or the last deployment; roll it back.',
    metric: guardedErrorRate,
  },
  {
    ...AT_ONCE,
    name: 'routerLoadFailures',
    id: 'RouterLoadFailuresAlarm',
    severity: CRITICAL,
    comparison: AT_LEAST,
    measure: 'requests whose router could not be loaded',
    unit: '',
    threshold: () => 1,
    meaning: 'A router\'s code cannot be loaded: each of its requests is answered 500.',
    firstStep: 'Run the saved query "Module load failures" for the router, the module and the cause. If it began with a deployment, roll it back.',
    metric: ({ metrics }, { period }) => (metrics._has('RouterLoadFailures') ? metrics.routerLoadFailures({ period }) : undefined),
  },
  {
    ...AT_ONCE,
    name: 'throttles',
    id: 'ThrottlesAlarm',
    severity: WARNING,
    comparison: AT_LEAST,
    measure: 'throttled invocations',
    unit: '',
    threshold: () => 1,
    meaning: 'Lambda turns requests away: no environment is free, and no more may be started.',
    firstStep: 'Compare the concurrency on the dashboard with the reserved concurrency, or with the account\'s quota; raise whichever is reached.',
    metric: ({ function: fn }, { period }) => fn.metricThrottles({ period }),
  },
  {
    ...FIVE_MINUTES,
    name: 'concurrency',
    id: 'ConcurrencyAlarm',
    severity: WARNING,
    comparison: ABOVE,
    measure: 'concurrency in use, of the reserved concurrency, or else of the account\'s quota',
    unit: '%',
    threshold: () => 80,
    meaning: 'Soon Lambda will turn requests away.',
    firstStep: 'Is there more traffic, or does each request take longer? Raise the reserved concurrency, or ask for a higher quota ("Concurrent executions" in Service Quotas).',
    metric: concurrencyShare,
  },
  {
    ...FIVE_MINUTES,
    name: 'duration',
    id: 'DurationAlarm',
    severity: WARNING,
    comparison: AT_LEAST,
    measure: 'longest invocation',
    unit: 'ms',
    threshold: ({ timeout }) => timeout && 0.9 * timeout,
    meaning: 'Requests run into the function\'s timeout, and are answered 504.',
    firstStep: 'Look for the code TIMEOUT in the saved query "Errors by router": what does that router wait for?',
    metric: ({ function: fn }, { period }) => fn.metricDuration({ period, statistic: Stats.MAXIMUM }),
  },
  {
    ...FIVE_MINUTES,
    name: 'memory',
    id: 'MemoryAlarm',
    severity: WARNING,
    comparison: AT_LEAST,
    measure: 'most memory that an environment used',
    unit: 'MB',
    threshold: ({ memory }) => memory && 0.9 * memory,
    meaning: 'Soon an environment will run out of memory, and end in the middle of a request.',
    firstStep: 'Does it grow from request to request? Then a router leaks. Else raise memorySize.',
    metric: ({ metrics }, { period }) => (metrics._hasPlatform() ? metrics.maxMemoryUsed({ period }) : undefined),
  },
  {
    ...QUARTER,
    name: 'trafficFloor',
    id: 'TrafficFloorAlarm',
    severity: CRITICAL,
    comparison: BELOW,
    measure: 'invocations',
    unit: '',
    threshold: () => undefined,
    treatMissingData: TreatMissingData.BREACHING,
    meaning: 'Hardly any request reaches the function, though there always are some.',
    firstStep: 'Call the API yourself. No answer, 403 or 429: look at DNS, the certificate, the authorizer and API Gateway\'s throttle.',
    metric: ({ function: fn }, { period }) => fn.metricInvocations({ period }),
  },
];

/** The alarm's values with the user's in their place. */
export function overridden(spec: AlarmSpec, options: AlarmOptions = {}): AlarmSpec {
  const { threshold = undefined, enabled, ...rest } = options;
  return {
    ...spec,
    ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
    ...threshold !== undefined && { threshold: () => threshold },
    ...enabled === false && { metric: () => undefined },
  };
}

function coldStartP95({ metrics }: AlarmSource, { period, minSampleCount }: Sampling): IMetric | undefined {
  if (!metrics._has('ColdStartDuration')) return undefined;
  return new MathExpression({
    label: 'Cold start P95',
    expression: `IF(samples >= ${minSampleCount}, p95, 0)`,
    period,
    usingMetrics: {
      samples: metrics.coldStartDuration({ period, statistic: Stats.SAMPLE_COUNT }),
      p95: metrics.coldStartDuration({ period }),
    },
  });
}

function guardedErrorRate({ metrics, function: fn }: AlarmSource, { period, minSampleCount }: Sampling): IMetric {
  const { expression, usingMetrics } = errorRate(metrics, fn, period);
  return new MathExpression({ label: 'Error rate', expression: `IF(invocations >= ${minSampleCount}, ${expression}, 0)`, period, usingMetrics });
}

/**
 * What is claimed of the account's quota counts what other functions have reserved, too.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-concurrency.html
 */
function concurrencyShare({ function: fn, reservedConcurrency }: AlarmSource, { period }: Sampling): IMetric | undefined {
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
