import { Duration } from 'aws-cdk-lib';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { TrafficRouting, TimeBasedCanaryTrafficRouting, TimeBasedLinearTrafficRouting, AllAtOnceTrafficRouting } from 'aws-cdk-lib/aws-codedeploy';
import { aBoolean, Check, demand, demandOptions, having, must, optional, props } from '../private/check';
import { LazyApiError } from '../private/errors';
import { aDurationOf, aListOf, all, aNumberFrom, aWholeNumberFrom, knownAtSynthesis } from '../private/limits';
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

/** What a rollout by and by checks. */
export interface RolloutOptions {
  /**
   * Whether traffic moves only after every router of the new version has been loaded once, in Lambda. The first deployment is not guarded: there is
   * no traffic to move yet.
   *
   * @default true
   */
  readonly verify?: boolean;

  /**
   * The share of the new version's requests, in percent, that may fail in a minute: answers from 500 to 599, timeouts and crashes. From 0 to 99.
   *
   * @default 1
   */
  readonly maxErrorRate?: number;

  /**
   * With fewer failures than this in a minute, the rollout goes on, whatever their share.
   *
   * @default 3
   */
  readonly minErrorCount?: number;

  /**
   * Alarms of yours that roll back, too. One that fires before the deployment begins stops it, also when it is the deployment that would mend it:
   * take alarms that watch the new version only. At most 8: CodeDeploy takes ten, and two are the rollout's own.
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
    demandOptions('ROLLOUT', 'Rollout.allAtOnce', options, ALL_AT_ONCE);
    return new Shifting(options.verify ? { routing: new AllAtOnceTrafficRouting(), verify: true } : undefined);
  }

  /**
   * So many percent of the requests get the new version; after the interval, all. Goes back by itself when the new version fails meanwhile: an alarm
   * takes a few minutes, so leave it that time.
   */
  public static canary(percent: number, interval: Duration, options: RolloutOptions = {}): Rollout {
    check('canary', percent, interval, options, 1);
    return new Shifting(byAndBy(new TimeBasedCanaryTrafficRouting({ percentage: percent, interval }), options));
  }

  /**
   * So many percent of the requests more get the new version after each interval. Goes back by itself when the new version fails meanwhile.
   */
  public static linear(percent: number, interval: Duration, options: RolloutOptions = {}): Rollout {
    check('linear', percent, interval, options, Math.ceil(100 / percent) - 1);
    return new Shifting(byAndBy(new TimeBasedLinearTrafficRouting({ percentage: percent, interval }), options));
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

function byAndBy(routing: TrafficRouting, { verify = true, maxErrorRate = 1, minErrorCount = 3, rollbackAlarms = [] }: RolloutOptions): TrafficShift {
  return { routing, verify, watch: { maxErrorRate, minErrorCount, alarms: rollbackAlarms } };
}

const WRITTEN_OUT = 'the alarm that rolls back has it as text';

/** The alarms of a deployment group: https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_AlarmConfiguration.html */
const MOST_ALARMS = 10;

/** See createRollbackAlarms. */
const OWN_ALARMS = 2;

const ALL_AT_ONCE = props<AllAtOnceOptions>(optional({ verify: aBoolean }));

const eachOnce: Check = must('a list without repetitions', (value) => new Set(value as unknown[]).size === (value as unknown[]).length);

const OPTIONS = props<RolloutOptions>(optional({
  verify: aBoolean,
  maxErrorRate: knownAtSynthesis(aNumberFrom(0, 99), WRITTEN_OUT),
  minErrorCount: knownAtSynthesis(aWholeNumberFrom(1), WRITTEN_OUT),
  rollbackAlarms: all(aListOf(having('alarmName', 'an IAlarm'), 0, MOST_ALARMS - OWN_ALARMS), eachOnce),
}));

/** With so many intervals between the first and the last shift. */
function check(factory: string, percent: number, interval: Duration, options: RolloutOptions, intervals: number): void {
  demand('ROLLOUT', `Rollout.${factory}: percent`, percent, aWholeNumberFrom(1, 99));
  demand('ROLLOUT', `Rollout.${factory}: interval`, interval, aDurationOf('minutes', 1));
  demandOptions('ROLLOUT', `Rollout.${factory}`, options, OPTIONS);
  if (interval.isUnresolved()) return;
  if (known(percent) !== undefined && interval.toMinutes() * intervals > LONGEST_MINUTES) {
    throw new LazyApiError('ROLLOUT', `Rollout.${factory}: all of the traffic must have moved within 48 hours, got ${intervals} times ${interval.toString()}`);
  }
}
