import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { ApiMetrics } from './api-metrics';

/**
 * The endpoint in front of a LazyApiFunction.
 */
export interface IApiEndpoint extends IConstruct {
  /**
   * The URL below which the routers' prefixes are, ending with a slash. Fails where there is none.
   * @attribute
   */
  readonly url: string;

  /** The routes to the function, like `ANY /users/{proxy+}`. Empty where no route tells requests apart. */
  readonly routes: string[];

  /** What the endpoint reports to CloudWatch. Fails where there is none. */
  readonly metrics: ApiMetrics;

  /** Allows somebody to call this API, where it is authorised by IAM. */
  grantInvoke(grantee: IGrantable): Grant;
}
