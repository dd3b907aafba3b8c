import { Duration } from 'aws-cdk-lib';

/** How bad it is. */
export enum AlarmSeverity {
  /** To be looked at within a day. */
  WARNING = 'WARNING',
  /** To be looked at now. */
  CRITICAL = 'CRITICAL',
}

/**
 * What an alarm compares, for how long. Everything that is left out stays as the alarm has it.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
 */
export interface AlarmOptions {
  /**
   * Whether the alarm is created. If it is false, the other values are not compared with each other.
   *
   * @default - true; for `trafficFloor`, whether it has a threshold
   */
  readonly enabled?: boolean;

  /**
   * The value at which it fires, in the alarm's own unit: milliseconds, percent, or a number. Known at synthesis.
   *
   * @default - see the alarm
   */
  readonly threshold?: number;

  /**
   * The time over which one value is taken: whole minutes, known at synthesis. All periods together are at most 1 day, or 7 days if `period` is an
   * hour or more.
   *
   * @default - see the alarm
   */
  readonly period?: Duration;

  /**
   * The number of periods that are looked at: N of "M of N". A whole number, at least 1, known at synthesis.
   *
   * @default - see the alarm
   */
  readonly evaluationPeriods?: number;

  /**
   * The number of them that must be bad: M of "M of N". A whole number from 1 to `evaluationPeriods`, known at synthesis.
   *
   * @default - see the alarm
   */
  readonly datapointsToAlarm?: number;

  /**
   * A period with fewer samples than this is taken for a good one: cold starts, for the alarms about them, and invocations, for the error rate. The
   * other alarms count, and have none. A whole number, at least 0, known at synthesis.
   *
   * @default - see the alarm
   */
  readonly minSampleCount?: number;

  /**
   * How bad it is, which decides who is told.
   *
   * @default - see the alarm
   */
  readonly severity?: AlarmSeverity;
}
