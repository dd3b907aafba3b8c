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
 * The options of `lambda.Function` apply, but for those that make no sense behind an API: they fail with the reason.
 *
 * @internal a hidden base struct: users see its members as those of the props of their construct
 */
export interface LazyApiBaseProps extends lambda.FunctionOptions {
  /**
   * The API in front of the function.
   *
   * @default ApiEndpoint.http() - an HTTP API that only callers with IAM permission reach
   */
  readonly endpoint?: ApiEndpoint;

  /**
   * The secrets that routers read with `getSecret`, by the name that they use. The function may read exactly these, and decrypt with their keys.
   *
   * @default - none
   */
  readonly secrets?: { [name: string]: ISecret };

  /**
   * The parameters of AWS Systems Manager that routers read with `getParameter`, by the name that they use; `SecureString` too. The function may
   * read exactly these, and decrypt with their keys.
   *
   * @default - none
   */
  readonly parameters?: { [name: string]: IParameter };

  /**
   * Where secrets and parameters come from.
   *
   * @default SecretsCache.extension()
   */
  readonly secretsCache?: SecretsCache;

  /**
   * Which chunks INIT loads ahead of the first request.
   *
   * @default PreloadPolicy.memoryAware()
   */
  readonly preloadPolicy?: PreloadPolicy;

  /**
   * How many bytes of code a cold start may load. Synthesis fails where it is more.
   *
   * @default - any
   */
  readonly budgets?: ColdStartBudgets;

  /**
   * Whether synthesis proves that every router loads from the built asset.
   *
   * @default Verify.atSynth()
   */
  readonly verify?: Verify;

  /**
   * Which requests the function writes a line about, from which its metrics come.
   *
   * @default RequestLog.everyRequest()
   */
  readonly requestLog?: RequestLog;

  /**
   * What watches the function, and who is told.
   *
   * @default - a dashboard, alarms that tell nobody, saved queries
   */
  readonly monitoring?: MonitoringOptions;

  /**
   * How a new version gets its traffic, and when it goes back.
   *
   * @default Rollout.allAtOnce()
   */
  readonly rollout?: Rollout;

  /**
   * Environments that are started before a request comes.
   *
   * @default - none: Lambda starts environments when requests come
   */
  readonly provisionedConcurrency?: ProvisionedConcurrency;

  /**
   * Whether the stack gets an output with the API's URL.
   *
   * @default - true; false for an API that exists already, and where there is none
   */
  readonly urlOutput?: boolean;
}
