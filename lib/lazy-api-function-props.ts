import * as lambda from 'aws-cdk-lib/aws-lambda';
import { LazyApiBaseProps } from './base/base-props';
import { BundlingOptions } from './languages/javascript/bundling-options';
import { Routers } from './languages/javascript/routers';

/**
 * Properties of LazyApiFunction.
 *
 * The options of `lambda.Function` apply, but for those that make no sense behind an API: they fail with the reason.
 */
export interface LazyApiFunctionProps extends LazyApiBaseProps {
  /** The routers: which module serves which path prefix. */
  readonly routers: Routers;

  /**
   * The runtime: Node.js 22 or newer.
   *
   * @default lambda.Runtime.NODEJS_24_X
   */
  readonly runtime?: lambda.Runtime;

  /**
   * How the routers are bundled.
   *
   * @default - minified, for the function's runtime, everything in the bundle
   */
  readonly bundling?: BundlingOptions;
}
