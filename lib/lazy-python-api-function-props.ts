import * as lambda from 'aws-cdk-lib/aws-lambda';
import { LazyApiBaseProps } from './base/base-props';
import { PythonRouters } from './languages/python/routers';

/**
 * Properties for LazyPythonApiFunction.
 *
 * The options of `lambda.Function` also apply, except those that do not work behind an API. For these, synthesis fails with the reason.
 */
export interface LazyPythonApiFunctionProps extends LazyApiBaseProps {
  /**
   * The directory that Python imports from. Its files become the root of the function's code, without tests, caches, virtual environments, and hidden
   * files.
   *
   * A relative path is resolved from the directory that the CDK app runs in, as in `Code.fromAsset`.
   */
  readonly entry: string;

  /** The routers of the API: which module serves which path prefix. */
  readonly routers: PythonRouters;

  /**
   * The FastAPI or Starlette application that includes the routers with `include_lazy_routers`: a module and a variable, such as `main:app`.
   *
   * The application serves all paths that no router has, such as `/docs` and `/openapi.json`.
   *
   * @default - no application; each router is an ASGI application, a WSGI application, or a Lambda proxy handler
   */
  readonly app?: string;

  /**
   * The runtime of the function: Python 3.11 or newer.
   *
   * @default lambda.Runtime.PYTHON_3_13
   */
  readonly runtime?: lambda.Runtime;

  /**
   * Files and directories to leave out of the function's code, as paths or patterns relative to `entry`: `['scripts', 'data/*.csv']`.
   *
   * `*` and `?` stay within a name, and `**` stands for any number of directories.
   *
   * @default - only tests, caches, virtual environments, and hidden files are left out
   */
  readonly exclude?: string[];

  /**
   * Packages of the lock file to leave out of the function's code, by name, with everything that only they need: `['boto3']`.
   *
   * Lambda's runtime contains boto3 and botocore in a version that changes without notice. Synthesis fails for a name that the lock file does not
   * have.
   *
   * @default - all packages of the lock file are installed
   * @see https://docs.aws.amazon.com/lambda/latest/dg/python-package.html
   */
  readonly excludePackages?: string[];

  /**
   * The root of the project. All source files are named relative to it, so that the same code gives the same hash on every machine.
   *
   * @default - the nearest directory above `entry` with a lock file, a `pyproject.toml`, or a git repository
   */
  readonly projectRoot?: string;
}
