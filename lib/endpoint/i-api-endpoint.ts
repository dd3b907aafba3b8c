import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { ApiMetrics } from './api-metrics';

/**
 * The endpoint in front of a LazyApiFunction.
 */
export interface IApiEndpoint extends IConstruct {
  /**
   * The base URL of all routers' prefixes, with a trailing slash. Throws an error if the endpoint has no URL.
   *
   * @attribute
   */
  readonly url: string;

  /** The routes to the function, for example `ANY /users/{proxy+}`. Empty if the endpoint has no separate routes. */
  readonly routes: string[];

  /** The CloudWatch metrics that the endpoint reports. Throws an error if the endpoint reports none. */
  readonly metrics: ApiMetrics;

  /** Allows an IAM principal to call the routers of this API. This has an effect only on routers with IAM authorization. */
  grantInvoke(grantee: IGrantable): Grant;
}
