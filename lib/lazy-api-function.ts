import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { LazyApiBaseProps } from './base/base-props';
import { LazyApiBase } from './base/lazy-api-base';
import { JavaScriptCode } from './languages/javascript/javascript-code';
import { ROUTERS } from './languages/javascript/routers';
import { LazyApiFunctionProps } from './lazy-api-function-props';
import { anObject, having, optional, Rule } from './private/check';

/** The types of the props that only routers in JavaScript have. */
const RULES: { readonly [prop in Exclude<keyof LazyApiFunctionProps, keyof LazyApiBaseProps>]-?: Rule } = {
  routers: ROUTERS,
  ...optional({ runtime: having('bundlingImage', 'a runtime, like lambda.Runtime.NODEJS_24_X'), bundling: anObject }),
};

/** https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html */
const NO_SNAP_START = 'Lambda supports SnapStart for Node.js (since September 2026) only in container images, and a restore takes 0.4 to 0.6 seconds '
  + 'in published measurements, longer than the cold start of this function';

/**
 * Many API routers in one Lambda function. A cold start loads only the router that the request needs.
 *
 * @example
 * const api = new LazyApiFunction(stack, 'Api', {
 *   routers: Routers.fromDirectory('src/routers', { basePath: '/api' }),
 *   environment: { TABLE: table.tableName },
 *   secrets: { DB_CREDENTIALS: dbSecret },
 * });
 *
 * table.grantReadWriteData(api);
 */
export class LazyApiFunction extends LazyApiBase {
  constructor(scope: Construct, id: string, props: LazyApiFunctionProps) {
    super(scope, id, props, {
      construct: 'LazyApiFunction',
      rules: RULES,
      refusedOptions: { snapStart: NO_SNAP_START },
      resolve: (architecture) => {
        const runtime = props.runtime ?? lambda.Runtime.NODEJS_24_X;
        const code = new JavaScriptCode(props.routers, props.bundling ?? {}, { runtime: runtime.name, architecture: architecture.name });
        return { runtime, code };
      },
    });
  }
}
