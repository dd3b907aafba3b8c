import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, IAlarmAction, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { AlarmSource } from './alarm-metrics';
import { AlarmOptions, AlarmSeverity } from './alarm-options';
import { ALARM_SPECS, AlarmSpec, overridden } from './alarm-specs';
import { aBoolean, aNumber, checkProp, objectOf, oneOf, optional } from '../private/check';
import { LazyApiError } from '../private/errors';
import { aDurationOf, aWholeNumberFrom, knownAtSynthesis } from '../private/limits';
import { warn } from '../private/warn';

export type AlarmOverrides = { readonly [name: string]: AlarmOptions | undefined };

const SYMBOLS: { readonly [operator in ComparisonOperator]?: string } = {
  [ComparisonOperator.GREATER_THAN_THRESHOLD]: '>',
  [ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD]: '>=',
  [ComparisonOperator.LESS_THAN_THRESHOLD]: '<',
};

/** The alarms that have something to compare, with the user's values in place of the table's. */
export function planAlarms(overrides: AlarmOverrides = {}): AlarmSpec[] {
  const names = ALARM_SPECS.map(({ name }) => name);
  for (const [name, options] of Object.entries(overrides)) {
    if (!names.includes(name)) {
      throw new LazyApiError('ALARM', `monitoring.alarmOverrides must name an alarm, got "${name}"; the alarms are ${names.join(', ')}`);
    }
    if (options !== undefined) checkOptions(name, ALARM_SPECS.find((spec) => spec.name === name)!, options);
  }
  return ALARM_SPECS.map((spec) => overridden(spec, overrides[spec.name]));
}

const WRITTEN_OUT = 'descriptions, expressions and graphs contain it as text';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const OPTIONS = objectOf<AlarmOptions>(optional({
  enabled: aBoolean,
  threshold: knownAtSynthesis(aNumber, WRITTEN_OUT),
  period: knownAtSynthesis(aDurationOf('minutes', 1), WRITTEN_OUT),
  evaluationPeriods: knownAtSynthesis(aWholeNumberFrom(1), WRITTEN_OUT),
  datapointsToAlarm: knownAtSynthesis(aWholeNumberFrom(1), WRITTEN_OUT),
  minSampleCount: knownAtSynthesis(aWholeNumberFrom(0), WRITTEN_OUT),
  severity: oneOf(...Object.values(AlarmSeverity)),
}));

function checkOptions(name: string, defaults: AlarmSpec, options: AlarmOptions): void {
  checkProp('ALARM', `monitoring.alarmOverrides["${name}"]`, options, OPTIONS);
  if (options.enabled === false) return;
  const { evaluationPeriods, datapointsToAlarm, period } = overridden(defaults, options);
  const overrideError = (message: string) => new LazyApiError('ALARM', `monitoring.alarmOverrides["${name}"]${message}`);
  if (options.minSampleCount !== undefined && defaults.minSampleCount === undefined) {
    throw overrideError('.minSampleCount is not supported: this alarm counts every sample; leave it out');
  }
  if (datapointsToAlarm > evaluationPeriods) {
    throw overrideError(`.datapointsToAlarm must be at most evaluationPeriods, got ${datapointsToAlarm} of ${evaluationPeriods}; set both`);
  }
  const problem = periodProblem(period, evaluationPeriods);
  if (problem !== undefined) throw overrideError(problem);
  if (name === 'trafficFloor' && options.enabled && options.threshold === undefined) {
    throw overrideError('.threshold must be set: it is the minimum number of invocations in a period');
  }
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
function periodProblem(period: Duration, evaluationPeriods: number): string | undefined {
  const seconds = period.toSeconds();
  const [days, longest] = seconds < 3600 ? [1, '1 day'] : [7, '7 days'];
  if (seconds * evaluationPeriods <= days * 24 * 3600) return undefined;
  return ` must cover at most ${longest} (period times evaluationPeriods), got ${evaluationPeriods} times ${period.toString()}`;
}

/** What alarms notify, and whether they also notify it when they return to OK. */
export interface AlarmNotice {
  readonly actionsFor: (severity: AlarmSeverity) => readonly IAlarmAction[];
  readonly ofEnd: boolean;
}

export function createAlarms(scope: Construct, specs: readonly AlarmSpec[], source: AlarmSource, notice: AlarmNotice): { [name: string]: Alarm } {
  const alarms: { [name: string]: Alarm } = {};
  for (const spec of specs) {
    const metric = spec.metric(source, { period: spec.period, minSampleCount: spec.minSampleCount ?? 0 });
    const threshold = spec.threshold(source);
    if (metric && threshold === undefined) warnUnknown(scope, spec);
    if (!metric || threshold === undefined) continue;
    const alarm = new Alarm(scope, spec.id, {
      metric,
      threshold,
      comparisonOperator: spec.comparison,
      evaluationPeriods: spec.evaluationPeriods,
      datapointsToAlarm: spec.datapointsToAlarm,
      treatMissingData: spec.treatMissingData ?? TreatMissingData.NOT_BREACHING,
      alarmDescription: describeAlarm(spec, threshold, scope.node.path),
    });
    const actions = notice.actionsFor(spec.severity);
    alarm.addAlarmAction(...actions);
    if (notice.ofEnd) alarm.addOkAction(...actions);
    alarms[spec.name] = alarm;
  }
  return alarms;
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const MAX_DESCRIPTION = 1024;

/** What the alarm means, what it compares, and what to do first. */
function describeAlarm(spec: AlarmSpec, threshold: number, path: string): string {
  const { severity, measure, comparison, unit, datapointsToAlarm, evaluationPeriods, period, minSampleCount, meaning, firstStep } = spec;
  const limit = `${SYMBOLS[comparison]} ${threshold}${unit && ` ${unit}`}`;
  const periods = `${datapointsToAlarm} of ${evaluationPeriods} periods of ${period.toHumanString()}`;
  const samples = minSampleCount === undefined ? '' : ` with at least ${minSampleCount} samples each`;
  return [
    `${severity} ${path}: ${meaning}`,
    `Condition: ${measure} ${limit} in ${periods}${samples}.`,
    `First step: ${firstStep}`,
  ].join('\n').slice(0, MAX_DESCRIPTION);
}

function warnUnknown(scope: Construct, { name }: AlarmSpec): void {
  if (name === 'trafficFloor') return;
  warn(
    scope,
    `alarmThreshold-${name}`,
    `the alarm "${name}" is not created, because its threshold derives from a value that is known only at deployment; `
    + `set monitoring.alarmOverrides.${name}.threshold`,
  );
}
