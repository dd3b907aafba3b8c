import { Duration } from 'aws-cdk-lib';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { TrafficRouting, TimeBasedCanaryTrafficRouting, TimeBasedLinearTrafficRouting, AllAtOnceTrafficRouting } from 'aws-cdk-lib/aws-codedeploy';
import { aBoolean, Rule, checkProp, checkOptionsOf, having, must, objectOf, optional } from '../private/check';
import { LazyApiError } from '../private/errors';
import { aDurationOf, aListOfLength, all, aNumberFrom, aWholeNumberFrom, knownAtSynthesis } from '../private/limits';
import { known } from '../private/tokens';

/** What a rollout to everybody at once checks. */
export interface AllAtOnceOptions {
  /**
   * Whether AWS CodeDeploy moves the traffic, and only after every router of the new version has been loaded once, in Lambda. The first deployment
   * is not guarded: there is no traffic to move yet.
   *
   * @default false - CloudFormation moves the traffic, as soon as the new version is there
   */
  readonly verify?: boolean;
}

/** What a rollout in steps checks. */
export interface RolloutOptions {
  /**
   * Whether traffic moves only after every router of the new version has been loaded once, in Lambda. The first deployment is not guarded: there is
   * no traffic to move yet.
   *
   * @default true
   */
  readonly verify?: boolean;

  /**
   * The share of the new version's requests, in percent, that may fail in a minute: answers from 500 to 599, timeouts and crashes.
   * From 0 to 99, known at synthesis.
   *
   * @default 1
   */
  readonly maxErrorRate?: number;

  /**
   * With fewer failures than this in a minute, the rollout goes on, whatever their share. A whole number, at least 1, known at synthesis.
   *
   * @default 3
   */
  readonly minErrorCount?: number;

  /**
   * Alarms of yours that also roll back; at most 8, because CodeDeploy accepts ten and the rollout has two of its own. No alarm may be in the list
   * twice. An alarm that fires before the deployment begins stops it, even if the deployment is the fix: use alarms that watch the new version only.
   *
   * @default - none
   */
  readonly rollbackAlarms?: IAlarm[];
}

/** What CodeDeploy does. */
export interface TrafficShift {
  readonly routing: TrafficRouting;
  readonly verify: boolean;
  /** Undefined where no time passes in which an alarm could fire. */
  readonly watch?: {
    readonly maxErrorRate: number;
    readonly minErrorCount: number;
    readonly alarms: readonly IAlarm[];
  };
}

/** From the first shift to the last: https://docs.aws.amazon.com/codedeploy/latest/userguide/limits.html */
const LONGEST_MINUTES = 2880;

/**
 * How a new version gets its traffic. The API points to the alias `live`, which points to a version; versions are kept, so that going back is
 * a matter of seconds.
 *
 * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-steps-lambda.html
 */
export abstract class Rollout {
  /** Everybody gets the new version as soon as it is deployed. */
  public static allAtOnce(options: AllAtOnceOptions = {}): Rollout {
    checkOptionsOf('ROLLOUT', 'Rollout.allAtOnce', options, ALL_AT_ONCE);
    return new Shifting(options.verify ? { routing: new AllAtOnceTrafficRouting(), verify: true } : undefined);
  }

  /**
   * The new version gets this percentage of the requests, and all of them after the interval. Rolls back by itself when the new version fails in the
   * meantime: an alarm needs a few minutes, so choose an interval that is longer.
   *
   * @param percent a whole number from 1 to 99
   * @param interval whole minutes, at most 48 hours
   */
  public static canary(percent: number, interval: Duration, options: RolloutOptions = {}): Rollout {
    checkSteps('canary', percent, interval, () => 1);
    checkOptionsOf('ROLLOUT', 'Rollout.canary', options, OPTIONS);
    return new Shifting(watched(new TimeBasedCanaryTrafficRouting({ percentage: percent, interval }), options));
  }

  /**
   * The new version gets another step of the requests after each interval. Rolls back by itself when the new version fails in the meantime.
   *
   * @param percent the size of a step: a whole number from 1 to 99
   * @param interval whole minutes; the last step must come within 48 hours
   */
  public static linear(percent: number, interval: Duration, options: RolloutOptions = {}): Rollout {
    checkSteps('linear', percent, interval, () => Math.ceil(100 / percent) - 1);
    checkOptionsOf('ROLLOUT', 'Rollout.linear', options, OPTIONS);
    return new Shifting(watched(new TimeBasedLinearTrafficRouting({ percentage: percent, interval }), options));
  }

  /**
   * Undefined where CloudFormation does it.
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

/** The most alarms of a deployment group: https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_AlarmConfiguration.html */
const MOST_ALARMS = 10;

/** The rollout's own alarms: see createRollbackAlarms. */
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
    throw new LazyApiError('ROLLOUT', `Rollout.${factory}: all of the traffic must have moved within 48 hours, got ${got}; use a shorter interval`);
  }
}
