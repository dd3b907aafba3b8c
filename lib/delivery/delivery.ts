import type { ILambdaDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import { Alias, Function as LambdaFunction, SnapStartConf, VersionOptions } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { createCodeDeploy } from './code-deploy';
import { ProvisionedConcurrency } from './provisioned-concurrency';
import { Rollout, TrafficShift } from './rollout';
import { limitVersions } from './version-retention';
import { LazyApiError } from '../private/errors';
import { known } from '../private/tokens';

export interface DeliveryOptions {
  readonly rollout?: Rollout;
  readonly provisionedConcurrency?: ProvisionedConcurrency;
  readonly reservedConcurrentExecutions?: number;
  readonly retainedVersions?: number;
  readonly snapStart?: SnapStartConf;
  readonly currentVersionOptions?: VersionOptions;
}

export interface DeliveryPlan {
  /** Undefined if CloudFormation moves the traffic. */
  readonly shift: TrafficShift | undefined;
  readonly provisionedConcurrency: ProvisionedConcurrency | undefined;
  /** Undefined if all versions are kept, or CloudFormation deletes them. */
  readonly retainedVersions: number | undefined;
}

/** The current version, and the previous one: requests can still reach it while the alias moves. */
const VERSIONS_WITH_SNAPSHOT = 2;

export type Delivery = {
  /** What the API points to. */
  readonly alias: Alias;
  readonly deploymentGroup?: ILambdaDeploymentGroup;
};

/** Throws an error if the options contradict each other. */
export function planDelivery(options: DeliveryOptions, reports: boolean): DeliveryPlan {
  const { rollout = Rollout.allAtOnce(), provisionedConcurrency, reservedConcurrentExecutions } = options;
  const shift = rollout._shift;
  if (shift && provisionedConcurrency) {
    throw new LazyApiError(
      'ROLLOUT',
      'provisionedConcurrency needs rollout: Rollout.allAtOnce() without verify. If CodeDeploy moves the traffic, '
      + 'a new version that cannot be provisioned leaves the alias in a state that blocks later deployments',
    );
  }
  if (shift?.watch && !reports) {
    throw new LazyApiError('ROLLOUT', 'rollout needs the metrics in the request log to roll back; leave requestLog out, or use Rollout.allAtOnce()');
  }
  const most = known(provisionedConcurrency?._provisioning.maxCapacity);
  const reserved = known(reservedConcurrentExecutions);
  if (most !== undefined && reserved !== undefined && most > reserved) {
    const message = `provisionedConcurrency must be at most reservedConcurrentExecutions, got ${most}, with ${reserved} reserved`;
    throw new LazyApiError('PROVISIONED_CONCURRENCY', message);
  }
  return { shift, provisionedConcurrency, retainedVersions: retainedVersions(options) };
}

/** Lambda bills the snapshot of each version as long as the version exists. */
function retainedVersions({ retainedVersions: given, snapStart, currentVersionOptions }: DeliveryOptions): number | undefined {
  const isKept = currentVersionOptions?.removalPolicy === undefined;
  return given ?? (snapStart && isKept ? VERSIONS_WITH_SNAPSHOT : undefined);
}

export function createDelivery(scope: Construct, fn: LambdaFunction, plan: DeliveryPlan): Delivery {
  const { shift, provisionedConcurrency, retainedVersions: keep } = plan;
  const alias = new Alias(scope, 'Alias', {
    aliasName: 'live',
    version: fn.currentVersion,
    provisionedConcurrentExecutions: provisionedConcurrency?._provisioning.fixed,
  });
  provisionedConcurrency?._provisioning.attach(alias);
  if (keep !== undefined) limitVersions(scope, fn, keep);
  return { alias, deploymentGroup: shift && createCodeDeploy(scope, alias, shift) };
}
