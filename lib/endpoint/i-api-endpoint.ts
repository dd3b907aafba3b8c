import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';

/**
 * The front door of a LazyApiFunction, once it is built.
 */
export interface IApiEndpoint extends IConstruct {
  /**
   * The URL below which the routers' prefixes are, ending with a slash.
   * @attribute
   */
  readonly url: string;

  /** Allows somebody to call this API, where it is authorised by IAM. */
  grantInvoke(grantee: IGrantable): Grant;
}
