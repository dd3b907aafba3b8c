import { Duration } from 'aws-cdk-lib';

/** How urgent an alarm is. */
export enum AlarmSeverity {
  /** Look at it within a day. */
  WARNING = 'WARNING',
  /** Look at it now. */
  CRITICAL = 'CRITICAL',
}

/**
 * Options that override the defaults of an alarm. Options that you leave out keep the alarm's default.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
 */
export interface AlarmOptions {
  /**
   * Whether to create the alarm. If this is false, the other options are not checked against each other.
   *
   * @default - true; for `trafficFloor`, true only if it has a threshold
   */
  readonly enabled?: boolean;

  /**
   * The value that triggers the alarm, in the unit of the alarm: milliseconds, a percentage, or a count. It must be known at synthesis.
   *
   * @default - the alarm's default
   */
  readonly threshold?: number;

  /**
   * The length of one evaluation period, in whole minutes, known at synthesis. All periods together can cover at most 1 day, or 7 days if `period` is
   * an hour or longer.
   *
   * @default - the alarm's default
   */
  readonly period?: Duration;

  /**
   * The number of periods to evaluate: N of "M of N". It must be a whole number, at least 1, known at synthesis.
   *
   * @default - the alarm's default
   */
  readonly evaluationPeriods?: number;

  /**
   * The number of evaluated periods that must breach the threshold: M of "M of N". It must be a whole number from 1 to `evaluationPeriods`, known at
   * synthesis.
   *
   * @default - the alarm's default
   */
  readonly datapointsToAlarm?: number;

  /**
   * The minimum number of samples in a period. Periods with fewer samples never breach the threshold.
   *
   * For the cold start alarms, samples are cold starts. For the error rate alarm, samples are invocations. Other alarms do not support this option.
   * The value must be a whole number, at least 0, known at synthesis.
   *
   * @default - the alarm's default
   */
  readonly minSampleCount?: number;

  /**
   * How urgent the alarm is. The severity decides which topic and actions the alarm notifies.
   *
   * @default - the alarm's default
   */
  readonly severity?: AlarmSeverity;
}
