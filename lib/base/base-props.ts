import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IParameter } from 'aws-cdk-lib/aws-ssm';
import { ProvisionedConcurrency } from '../delivery/provisioned-concurrency';
import { Rollout } from '../delivery/rollout';
import { ApiEndpoint } from '../endpoint/api-endpoint';
import { MonitoringOptions } from '../monitoring/monitoring-options';
import { RequestLog } from '../monitoring/request-log';
import { ColdStartBudgets } from '../routers/budgets/budget-options';
import { PreloadPolicy } from '../routers/preload/preload-policy';
import { Verify } from '../routers/verification/verify';
import { SecretsCache } from '../secrets/secrets-cache';

/**
 * Properties that do not depend on the language of the routers.
 *
 * The options of `lambda.Function` also apply, except those that do not work behind an API. For these, synthesis fails with the reason.
 * @internal a hidden base struct: users see its members as those of the props of their construct
 */
export interface LazyApiBaseProps extends lambda.FunctionOptions {
  /**
   * The endpoint in front of the function.
   *
   * @default ApiEndpoint.http() - an HTTP API that only callers with IAM permissions can call
   */
  readonly endpoint?: ApiEndpoint;

  /**
   * The secrets that routers read with `getSecret`, by the names that routers use. The function can read only these secrets and decrypt with their
   * keys.
   *
   * @default - none
   */
  readonly secrets?: { [name: string]: ISecret };

  /**
   * The AWS Systems Manager parameters that routers read with `getParameter`, by the names that routers use. `SecureString` parameters are supported.
   * The function can read only these parameters and decrypt with their keys.
   *
   * @default - none
   */
  readonly parameters?: { [name: string]: IParameter };

  /**
   * How the function gets and caches secrets and parameters.
   *
   * @default SecretsCache.extension(); with `snapStart`, the function itself caches values for 5 minutes, because the extension does not work
   */
  readonly secretsCache?: SecretsCache;

  /**
   * Which chunks INIT loads before the first request.
   *
   * @default PreloadPolicy.memoryAware()
   */
  readonly preloadPolicy?: PreloadPolicy;

  /**
   * The maximum number of bytes of code that a cold start can load. Synthesis fails if a cold start would load more.
   *
   * @default - no limit
   */
  readonly budgets?: ColdStartBudgets;

  /**
   * Whether synthesis verifies that every router loads from the built asset.
   *
   * @default Verify.atSynth()
   */
  readonly verify?: Verify;

  /**
   * Which requests the function logs. The function's metrics come from these log lines.
   *
   * @default RequestLog.everyRequest()
   */
  readonly requestLog?: RequestLog;

  /**
   * Options for alarms, the dashboard, metrics, and saved queries.
   *
   * @default - a dashboard, saved queries, and alarms without notifications
   */
  readonly monitoring?: MonitoringOptions;

  /**
   * How traffic moves to a new version of the function, and when it rolls back.
   *
   * @default Rollout.allAtOnce()
   */
  readonly rollout?: Rollout;

  /**
   * The number of versions of the function to keep, including the current one: a whole number from 2 to 10, known at synthesis. A state machine
   * deletes older versions once a day. Versions that an alias points to are never deleted.
   *
   * With `snapStart`, each version costs money as long as it exists.
   *
   * @default - all versions; with `snapStart`, 2, unless you set `currentVersionOptions.removalPolicy`
   */
  readonly retainedVersions?: number;

  /**
   * Execution environments to start before requests arrive.
   *
   * @default - none; Lambda starts environments when requests arrive
   */
  readonly provisionedConcurrency?: ProvisionedConcurrency;

  /**
   * Whether to add a stack output with the API's URL.
   *
   * @default - true; false for an existing API and without an endpoint
   */
  readonly urlOutput?: boolean;
}
