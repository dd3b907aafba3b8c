import { Duration } from 'aws-cdk-lib';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { TrafficRouting, TimeBasedCanaryTrafficRouting, TimeBasedLinearTrafficRouting, AllAtOnceTrafficRouting } from 'aws-cdk-lib/aws-codedeploy';
import { aBoolean, Rule, checkProp, checkOptionsOf, having, must, objectOf, optional } from '../private/check';
import { LazyApiError } from '../private/errors';
import { aDurationOf, aListOfLength, all, aNumberFrom, aWholeNumberFrom, knownAtSynthesis } from '../private/limits';
import { known } from '../private/tokens';

/** Options for `Rollout.allAtOnce`. */
export interface AllAtOnceOptions {
  /**
   * Whether to load every router of the new version once, in Lambda, before the new version receives traffic. AWS CodeDeploy then moves the traffic.
   *
   * The first deployment is not verified, because there is no traffic to move yet.
   *
   * @default false - CloudFormation moves the traffic as soon as the new version exists
   */
  readonly verify?: boolean;
}

/** Options for gradual rollouts. */
export interface RolloutOptions {
  /**
   * Whether to load every router of the new version once, in Lambda, before the new version receives traffic.
   *
   * The first deployment is not verified, because there is no traffic to move yet.
   *
   * @default true
   */
  readonly verify?: boolean;

  /**
   * The maximum error rate of the new version, as a percentage of its requests in a minute. A higher rate rolls back the deployment. Errors are
   * responses with a status from 500 to 599, timeouts, and crashes. The value must be from 0 to 99, known at synthesis.
   *
   * @default 1
   */
  readonly maxErrorRate?: number;

  /**
   * The minimum number of errors in a minute that can roll back the deployment. With fewer errors, the rollout continues at any error rate. It must
   * be a whole number, at least 1, known at synthesis.
   *
   * @default 3
   */
  readonly minErrorCount?: number;

  /**
   * Additional alarms that roll back the deployment. Specify at most 8, each only once: CodeDeploy accepts ten, and the rollout creates two.
   *
   * An alarm that is already in the ALARM state before the deployment stops it, even if the deployment contains the fix. Use alarms that monitor only
   * the new version.
   *
   * @default - none
   */
  readonly rollbackAlarms?: IAlarm[];
}

/** What CodeDeploy does. */
export interface TrafficShift {
  readonly routing: TrafficRouting;
  readonly verify: boolean;
  /** Undefined if all traffic moves at once, so that no alarm could fire in time. */
  readonly watch?: {
    readonly maxErrorRate: number;
    readonly minErrorCount: number;
    readonly alarms: readonly IAlarm[];
  };
}

/** The longest time from the first shift to the last: https://docs.aws.amazon.com/codedeploy/latest/userguide/limits.html */
const LONGEST_MINUTES = 2880;

/**
 * How traffic moves to a new version of the function.
 *
 * The API points to the alias `live`, which points to a version. Earlier versions are kept, so a rollback takes only seconds.
 *
 * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-steps-lambda.html
 */
export abstract class Rollout {
  /** Moves all traffic to the new version as soon as it is deployed. */
  public static allAtOnce(options: AllAtOnceOptions = {}): Rollout {
    checkOptionsOf('ROLLOUT', 'Rollout.allAtOnce', options, ALL_AT_ONCE);
    return new Shifting(options.verify ? { routing: new AllAtOnceTrafficRouting(), verify: true } : undefined);
  }

  /**
   * Sends a percentage of the requests to the new version, and all requests after the interval. If the new version fails during the interval, the
   * deployment rolls back automatically.
   *
   * Alarms need a few minutes to fire, so choose a longer interval.
   *
   * @param percent the percentage of requests: a whole number from 1 to 99
   * @param interval the time until all traffic moves: whole minutes, at most 48 hours
   *
   * @example
   * new LazyApiFunction(stack, 'Api', {
   *   routers: Routers.fromDirectory('src/routers'),
   *   rollout: Rollout.canary(10, Duration.minutes(10), { rollbackAlarms: [latencyAlarm] }),
   * });
   */
  public static canary(percent: number, interval: Duration, options: RolloutOptions = {}): Rollout {
    checkSteps('canary', percent, interval, () => 1);
    checkOptionsOf('ROLLOUT', 'Rollout.canary', options, OPTIONS);
    return new Shifting(watched(new TimeBasedCanaryTrafficRouting({ percentage: percent, interval }), options));
  }

  /**
   * Moves traffic to the new version in equal steps, one step per interval. If the new version fails before the last step, the deployment rolls back
   * automatically.
   *
   * @param percent the size of each step in percent: a whole number from 1 to 99
   * @param interval the time between steps: whole minutes; the last step must happen within 48 hours
   */
  public static linear(percent: number, interval: Duration, options: RolloutOptions = {}): Rollout {
    checkSteps('linear', percent, interval, () => Math.ceil(100 / percent) - 1);
    checkOptionsOf('ROLLOUT', 'Rollout.linear', options, OPTIONS);
    return new Shifting(watched(new TimeBasedLinearTrafficRouting({ percentage: percent, interval }), options));
  }

  /**
   * Undefined if CloudFormation moves the traffic.
   * @internal
   */
  public abstract readonly _shift: TrafficShift | undefined;
}

class Shifting extends Rollout {
  constructor(public readonly _shift: TrafficShift | undefined) {
    super();
  }
}

/** Traffic that moves in steps, so that alarms have time to fire. */
function watched(routing: TrafficRouting, { verify = true, maxErrorRate = 1, minErrorCount = 3, rollbackAlarms = [] }: RolloutOptions): TrafficShift {
  return { routing, verify, watch: { maxErrorRate, minErrorCount, alarms: rollbackAlarms } };
}

const WRITTEN_OUT = 'the rollback alarm contains it as text';

/** The maximum number of alarms in a deployment group: https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_AlarmConfiguration.html */
const MOST_ALARMS = 10;

/** The number of alarms that the rollout itself creates; see createRollbackAlarms. */
const OWN_ALARMS = 2;

const ALL_AT_ONCE = objectOf<AllAtOnceOptions>(optional({ verify: aBoolean }));

const eachOnce: Rule = must('a list without duplicates', (value) => new Set(value as unknown[]).size === (value as unknown[]).length);

const OPTIONS = objectOf<RolloutOptions>(optional({
  verify: aBoolean,
  maxErrorRate: knownAtSynthesis(aNumberFrom(0, 99), WRITTEN_OUT),
  minErrorCount: knownAtSynthesis(aWholeNumberFrom(1), WRITTEN_OUT),
  rollbackAlarms: all(aListOfLength(having('alarmName', 'an IAlarm'), 0, MOST_ALARMS - OWN_ALARMS), eachOnce),
}));

/** `countIntervals` returns the number of intervals between the first shift and the last. */
function checkSteps(factory: string, percent: number, interval: Duration, countIntervals: () => number): void {
  checkProp('ROLLOUT', `Rollout.${factory}: percent`, percent, aWholeNumberFrom(1, 99));
  checkProp('ROLLOUT', `Rollout.${factory}: interval`, interval, aDurationOf('minutes', 1));
  if (interval.isUnresolved() || known(percent) === undefined) return;
  const intervals = countIntervals();
  if (interval.toMinutes() * intervals > LONGEST_MINUTES) {
    const got = `${intervals} times ${interval.toString()}`;
    throw new LazyApiError('ROLLOUT', `Rollout.${factory}: all traffic must move within 48 hours, got ${got}; use a shorter interval`);
  }
}
