import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { LazyApiBaseProps } from './base/base-props';
import { LazyApiBase } from './base/lazy-api-base';
import { plausibleEnvironment } from './function/environment';
import { PythonCode } from './languages/python/python-code';
import { checkSnapStartVersion } from './languages/python/python-version';
import { PYTHON_ROUTERS } from './languages/python/routers';
import { aTarget } from './languages/python/target';
import { LazyPythonApiFunctionProps } from './lazy-python-api-function-props';
import { aKnownString, having, listOf, optional, Rule } from './private/check';

/** The types of the props that only routers in Python have. */
const RULES: { readonly [prop in Exclude<keyof LazyPythonApiFunctionProps, keyof LazyApiBaseProps>]-?: Rule } = {
  entry: aKnownString,
  routers: PYTHON_ROUTERS,
  ...optional({
    app: aTarget,
    runtime: having('bundlingImage', 'a runtime, like lambda.Runtime.PYTHON_3_13'),
    exclude: listOf(aKnownString),
    excludePackages: listOf(aKnownString),
    projectRoot: aKnownString,
  }),
};

/**
 * Many API routers in Python in one Lambda function. A cold start imports only the router that the request needs.
 *
 * @example
 * const api = new LazyPythonApiFunction(stack, 'Api', {
 *   entry: 'backend',
 *   app: 'main:app',
 *   routers: PythonRouters.fromDirectory('backend/api/v1', { basePath: '/api/v1' }),
 *   environment: { TABLE: table.tableName },
 * });
 *
 * table.grantReadWriteData(api);
 */
export class LazyPythonApiFunction extends LazyApiBase {
  constructor(scope: Construct, id: string, props: LazyPythonApiFunctionProps) {
    super(scope, id, props, {
      construct: 'LazyPythonApiFunction',
      rules: RULES,
      resolve: (architecture) => {
        const runtime = props.runtime ?? lambda.Runtime.PYTHON_3_13;
        if (props.snapStart) checkSnapStartVersion(runtime.name);
        const { entry, app, routers, exclude, excludePackages, projectRoot } = props;
        const known = plausibleEnvironment(props.environment ?? {}).environment;
        const environment = { ...known, ...props.verify?._environment };
        const fn = { runtime: runtime.name, architecture: architecture.name, environment };
        return { runtime, code: new PythonCode({ entry, app, routers, exclude, excludePackages, projectRoot }, fn) };
      },
    });
  }
}
