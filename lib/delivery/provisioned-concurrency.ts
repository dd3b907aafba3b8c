import type { TimeZone } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-applicationautoscaling';
import type { Alias } from 'aws-cdk-lib/aws-lambda';
import { Rule, checkProp, checkOptionsOf, having, objectOf, optional } from '../private/check';
import { LazyApiError } from '../private/errors';
import { aListOfLength, aNumberFrom, aWholeNumberFrom, knownAtSynthesis } from '../private/limits';

/**
 * Options for scaling provisioned concurrency with its utilization.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html#managing-provisioned-concurency
 */
export interface TargetTrackingOptions {
  /**
   * The minimum number of environments. It must be a whole number, at least 1, known at synthesis.
   *
   * @default 1
   */
  readonly minCapacity?: number;

  /** The maximum number of environments. It must be a whole number, at least `minCapacity`, known at synthesis. */
  readonly maxCapacity: number;

  /**
   * The share of the environments that should be in use, from 0.1 to 0.9.
   *
   * @default 0.7
   */
  readonly utilizationTarget?: number;
}

/** The provisioned concurrency from a scheduled time on. */
export interface ScheduledCapacity {
  /** When the capacity takes effect. */
  readonly schedule: Schedule;

  /**
   * The time zone of the schedule.
   *
   * @default - UTC
   */
  readonly timeZone?: TimeZone;

  /** The minimum number of environments from this time on. It must be a whole number, known at synthesis. Use 0 for none. */
  readonly minCapacity: number;

  /**
   * The maximum number of environments from this time on. It must be a whole number, at least `minCapacity`, known at synthesis.
   *
   * @default - minCapacity
   */
  readonly maxCapacity?: number;
}

/** How the alias gets its execution environments. */
interface Provisioning {
  readonly fixed?: number;
  readonly maxCapacity: number;
  attach(alias: Alias): void;
}

/**
 * Keeps execution environments ready with all routers loaded. Up to that number of concurrent requests have no cold start.
 *
 * You pay for the environments as long as they exist, whether or not they are in use.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html
 */
export abstract class ProvisionedConcurrency {
  /**
   * Provisions a fixed number of environments.
   *
   * @param executions the number of environments: a whole number, at least 1, known at synthesis
   */
  public static fixed(executions: number): ProvisionedConcurrency {
    checkProp('PROVISIONED_CONCURRENCY', 'ProvisionedConcurrency.fixed: executions', executions, aCapacity(1));
    return new Provisioned({ fixed: executions, maxCapacity: executions, attach: () => {} });
  }

  /**
   * Scales provisioned concurrency with utilization, to keep utilization at the target.
   *
   * @example
   * new LazyApiFunction(stack, 'Api', {
   *   routers: Routers.fromDirectory('src/routers'),
   *   provisionedConcurrency: ProvisionedConcurrency.targetTracking({ minCapacity: 2, maxCapacity: 20 }),
   * });
   */
  public static targetTracking(options: TargetTrackingOptions): ProvisionedConcurrency {
    checkOptionsOf('PROVISIONED_CONCURRENCY', 'ProvisionedConcurrency.targetTracking', options, TARGET_TRACKING);
    const { minCapacity = 1, maxCapacity, utilizationTarget = 0.7 } = options;
    checkRange('targetTracking', minCapacity, maxCapacity);
    return new Provisioned({
      maxCapacity,
      attach: (alias) => alias.addAutoScaling({ minCapacity, maxCapacity }).scaleOnUtilization({ utilizationTarget }),
    });
  }

  /** Scales provisioned concurrency on a schedule. */
  public static schedule(capacities: ScheduledCapacity[]): ProvisionedConcurrency {
    checkProp('PROVISIONED_CONCURRENCY', 'ProvisionedConcurrency.schedule: capacities', capacities, SCHEDULE);
    const ranges = capacities.map((capacity) => ({ ...capacity, maxCapacity: capacity.maxCapacity ?? capacity.minCapacity }));
    ranges.forEach(({ minCapacity, maxCapacity }) => checkRange('schedule', minCapacity, maxCapacity));
    const whole = {
      minCapacity: Math.min(...ranges.map(({ minCapacity }) => minCapacity)),
      maxCapacity: Math.max(...ranges.map(({ maxCapacity }) => maxCapacity)),
    };
    return new Provisioned({
      maxCapacity: whole.maxCapacity,
      attach(alias) {
        const scaling = alias.addAutoScaling(whole);
        ranges.forEach((range, index) => scaling.scaleOnSchedule(`Schedule${index + 1}`, range));
      },
    });
  }

  /** @internal */
  public abstract readonly _provisioning: Provisioning;
}

class Provisioned extends ProvisionedConcurrency {
  constructor(public readonly _provisioning: Provisioning) {
    super();
  }
}

function aCapacity(least: number): Rule {
  return knownAtSynthesis(aWholeNumberFrom(least), 'synthesis compares capacities');
}

const TARGET_TRACKING = objectOf<TargetTrackingOptions>({
  maxCapacity: aCapacity(1),
  // https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html#managing-provisioned-concurency
  ...optional({ minCapacity: aCapacity(1), utilizationTarget: aNumberFrom(0.1, 0.9) }),
});

const SCHEDULE = aListOfLength(objectOf<ScheduledCapacity>({
  schedule: having('expressionString', 'a Schedule'),
  minCapacity: aCapacity(0),
  ...optional({ maxCapacity: aCapacity(0), timeZone: having('timezoneName', 'a TimeZone') }),
}), 1);

function checkRange(factory: string, minCapacity: number, maxCapacity: number): void {
  if (minCapacity <= maxCapacity) return;
  const message = `maxCapacity must be at least minCapacity, got ${maxCapacity} and ${minCapacity}`;
  throw new LazyApiError('PROVISIONED_CONCURRENCY', `ProvisionedConcurrency.${factory}: ${message}`);
}
