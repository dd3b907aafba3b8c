import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, IMetric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmSource, coldStartP95, concurrencyShare, guardedErrorRate, restoreP95, Sampling } from './alarm-metrics';
import { AlarmOptions, AlarmSeverity } from './alarm-options';
import { ERRORS_BY_ROUTER, LOAD_FAILURES, LogField, LogQuery, SLOWEST_COLD_STARTS } from './queries';
import { ErrorCode } from '../contract/error-codes';

/** One row of the table. */
export interface AlarmSpec {
  /** The name with which users override it. */
  readonly name: string;
  /** The construct ID. */
  readonly id: string;
  readonly severity: AlarmSeverity;
  readonly comparison: ComparisonOperator;
  /** What it compares, in words. */
  readonly measure: string;
  readonly unit: string;
  /** Undefined if only the user can choose it. Without the user's threshold, there is no alarm. */
  readonly threshold: (source: AlarmSource) => number | undefined;
  readonly period: Duration;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  /** Undefined if every sample counts. */
  readonly minSampleCount?: number;
  readonly treatMissingData?: TreatMissingData;
  readonly meaning: string;
  readonly firstStep: string;
  /** Undefined if there is nothing to compare. */
  readonly metric: (source: AlarmSource, sampling: Sampling) => IMetric | undefined;
}

const { WARNING, CRITICAL } = AlarmSeverity;
const { GREATER_THAN_THRESHOLD: ABOVE, GREATER_THAN_OR_EQUAL_TO_THRESHOLD: AT_LEAST, LESS_THAN_THRESHOLD: BELOW } = ComparisonOperator;

/** Names for descriptions. The compiler checks that the contract contains them. */
const code = (name: ErrorCode): ErrorCode => name;
const field = (name: LogField): LogField => name;
const saved = ({ name }: LogQuery): string => `the saved query "${name}"`;

const QUARTER = { period: Duration.minutes(15), evaluationPeriods: 3, datapointsToAlarm: 2 };
const FIVE_MINUTES = { period: Duration.minutes(5), evaluationPeriods: 3, datapointsToAlarm: 2 };
const AT_ONCE = { period: Duration.minutes(5), evaluationPeriods: 1, datapointsToAlarm: 1 };

const COLD_START = {
  ...QUARTER,
  comparison: ABOVE,
  measure: 'P95 of cold start durations',
  unit: 'ms',
  minSampleCount: 5,
  meaning: 'Cold starts take too long.',
  firstStep: `Run ${saved(SLOWEST_COLD_STARTS)}: a large ${field('routerLoadMs')} comes from the router's own code, `
    + `a large ${field('initMs')} comes from what INIT loads. Compare with the last deployment.`,
  metric: coldStartP95,
};

/** All alarms. The documentation lists their defaults. Their names are part of the API. */
export const ALARM_SPECS: readonly AlarmSpec[] = [
  { ...COLD_START, name: 'coldStartWarning', id: 'ColdStartWarningAlarm', severity: WARNING, threshold: () => 4000 },
  { ...COLD_START, name: 'coldStartCritical', id: 'ColdStartCriticalAlarm', severity: CRITICAL, threshold: () => 5000 },
  {
    ...QUARTER,
    name: 'restoreDuration',
    id: 'RestoreDurationAlarm',
    severity: WARNING,
    comparison: ABOVE,
    measure: 'P95 of the time to restore a snapshot',
    unit: 'ms',
    threshold: () => 2000,
    minSampleCount: 5,
    meaning: 'Environments that start from the snapshot of SnapStart take too long.',
    firstStep: 'Look at what the hooks after the restore do, and at how much memory INIT uses. Compare with the last deployment, '
      + 'and with cold starts without SnapStart.',
    metric: restoreP95,
  },
  {
    ...FIVE_MINUTES,
    name: 'errorRate',
    id: 'ErrorRateAlarm',
    severity: CRITICAL,
    comparison: ABOVE,
    measure: 'share of invocations that end with a status from 500 to 599, a timeout, or a crash',
    unit: '%',
    threshold: () => 1,
    minSampleCount: 5,
    meaning: 'Callers receive server errors.',
    firstStep: `Run ${saved(ERRORS_BY_ROUTER)}. If only one router fails, look at its last change. `
      + 'If all routers fail, the cause is a dependency or the last deployment. If it is the deployment, roll it back.',
    metric: guardedErrorRate,
  },
  {
    ...AT_ONCE,
    name: 'routerLoadFailures',
    id: 'RouterLoadFailuresAlarm',
    severity: CRITICAL,
    comparison: AT_LEAST,
    measure: 'requests whose router failed to load',
    unit: '',
    threshold: () => 1,
    meaning: 'A router fails to load. Each of its requests gets a 500 response.',
    firstStep: `Run ${saved(LOAD_FAILURES)} to find the router, the module, and the cause. If the failures began with a deployment, roll it back.`,
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
    meaning: 'Lambda throttles requests, because no environment is free and Lambda cannot start more.',
    firstStep: 'Compare the concurrency on the dashboard with the reserved concurrency and the account\'s quota. Raise the limit that is reached.',
    metric: ({ function: fn }, { period }) => fn.metricThrottles({ period }),
  },
  {
    ...FIVE_MINUTES,
    name: 'concurrency',
    id: 'ConcurrencyAlarm',
    severity: WARNING,
    comparison: ABOVE,
    measure: 'share of the reserved concurrency, or else of the account\'s quota, that is in use',
    unit: '%',
    threshold: () => 80,
    meaning: 'Lambda will soon throttle requests.',
    firstStep: 'Check whether there is more traffic, or each request takes longer. Raise the reserved concurrency, or request a higher quota '
      + '("Concurrent executions" in Service Quotas).',
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
    meaning: 'Requests reach the function\'s timeout and get a 504 response.',
    firstStep: `Look for the code ${code('TIMEOUT')} in ${saved(ERRORS_BY_ROUTER)}, and find out what the router waits for.`,
    metric: ({ function: fn }, { period }) => fn.metricDuration({ period, statistic: Stats.MAXIMUM }),
  },
  {
    ...FIVE_MINUTES,
    name: 'memory',
    id: 'MemoryAlarm',
    severity: WARNING,
    comparison: AT_LEAST,
    measure: 'maximum memory used by an environment',
    unit: 'MB',
    threshold: ({ memory }) => memory && 0.9 * memory,
    meaning: 'An environment will soon run out of memory and crash during a request.',
    firstStep: 'If the memory grows from request to request, a router leaks memory. Otherwise, raise memorySize.',
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
    meaning: 'Fewer requests than usual reach the function.',
    firstStep: 'Call the API yourself. If you get no response, 403, or 429, check DNS, the certificate, the authorizer, and API Gateway\'s throttle.',
    metric: ({ function: fn }, { period }) => fn.metricInvocations({ period }),
  },
];

/** The values of an alarm, overridden by the user's values. */
export function overridden(spec: AlarmSpec, options: AlarmOptions = {}): AlarmSpec {
  const { threshold = undefined, enabled, ...rest } = options;
  return {
    ...spec,
    ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
    ...threshold !== undefined && { threshold: () => threshold },
    ...enabled === false && { metric: () => undefined },
  };
}
