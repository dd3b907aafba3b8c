import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { RouterLoader } from './router-loader';
import { FileToWrite, writeFiles } from '../../private/write-files';

/** Code that verification runs. */
export interface RunnableCode {
  readonly files: readonly FileToWrite[];
  readonly externals: readonly string[];
  /** The function's `handler`. */
  readonly handler: string;
  readonly loader: RouterLoader;
}

/** A copy of an asset on disk, without anything around it. */
export interface CopiedAsset {
  readonly directory: string;
  /** A directory for other files. */
  readonly scratch: string;
  readonly environment: NodeJS.ProcessEnv;
}

/**
 * Calls `use` with a copy of the code in a temporary directory, and removes the directory afterwards. Packages that are installed only near the
 * sources are missing in the copy, as they are in Lambda. The environment variables are those of the function.
 */
export function withCopy<T>(code: RunnableCode, environment: Readonly<Record<string, string>>, use: (copy: CopiedAsset) => T): T {
  const { files, externals, handler, loader } = code;
  const scratch = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-lazy-api-')));
  try {
    const directory = path.join(scratch, 'asset');
    fs.mkdirSync(directory);
    writeFiles(files, directory);
    loader.linkExternals(externals, directory);
    const variables = Object.fromEntries(Object.entries(environment).filter(([name]) => !loader.processVariables.includes(name)));
    return use({ directory, scratch, environment: sandboxEnvironment(variables, { handler, asset: directory, home: scratch }) });
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

/** The surroundings of the process that loads the routers. */
interface Sandbox {
  /** The function's `handler`. */
  readonly handler: string;
  /** The directory with the copy of the asset. */
  readonly asset: string;
  /** The home directory. */
  readonly home: string;
}

/**
 * The environment variables of the process that loads the routers. It contains nothing from the developer's own environment, because a router that
 * needs this to load would fail in Lambda.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
function sandboxEnvironment(functionVariables: Readonly<Record<string, string>>, { handler, asset, home }: Sandbox): NodeJS.ProcessEnv {
  return {
    ...process.platform === 'win32' && { SystemRoot: process.env.SystemRoot },
    PATH: process.env.PATH,
    HOME: home,
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    AWS_ACCESS_KEY_ID: 'verification',
    AWS_SECRET_ACCESS_KEY: 'verification',
    AWS_SESSION_TOKEN: 'verification',
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_LAMBDA_FUNCTION_NAME: 'verification',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '1024',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    LAMBDA_TASK_ROOT: asset,
    _HANDLER: handler,
    ...functionVariables,
  };
}
