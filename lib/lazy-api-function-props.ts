import * as lambda from 'aws-cdk-lib/aws-lambda';
import { LazyApiBaseProps } from './base/base-props';
import { BundlingOptions } from './languages/javascript/bundling-options';
import { Routers } from './languages/javascript/routers';

/**
 * Properties for LazyApiFunction.
 *
 * The options of `lambda.Function` also apply, except those that do not work behind an API. For these, synthesis fails with the reason.
 */
export interface LazyApiFunctionProps extends LazyApiBaseProps {
  /** The routers of the API: which module serves which path prefix. */
  readonly routers: Routers;

  /**
   * The runtime of the function: Node.js 22 or newer.
   *
   * @default lambda.Runtime.NODEJS_24_X
   */
  readonly runtime?: lambda.Runtime;

  /**
   * Options for bundling the routers.
   *
   * @default - everything is bundled and minified for the function's runtime
   */
  readonly bundling?: BundlingOptions;
}
