import * as fs from 'fs';
import * as path from 'path';
import { upward } from '../project-root';

/** What Lambda would give the routers. */
export interface Sandbox {
  /** The function's environment variables. */
  readonly environment: { readonly [name: string]: string };
  /** From here upward the modules are looked up that are external to the bundle. */
  readonly lookupDirectory: string;
}

/** Modules that the user left out on purpose: the real ones where the project has them. */
export function linkExternals(externals: readonly string[], lookupDirectory: string, asset: string): void {
  for (const name of new Set(externals.filter((specifier) => !/^[./]/.test(specifier)).map(packageName))) {
    const candidates = upward(lookupDirectory).map((directory) => path.join(directory, 'node_modules', name));
    const found = candidates.find((candidate) => fs.existsSync(candidate));
    const link = path.join(asset, 'node_modules', name);
    if (!found || fs.existsSync(link)) continue;
    fs.mkdirSync(path.dirname(link), { recursive: true });
    fs.symlinkSync(fs.realpathSync(found), link, 'junction');
  }
}

/** The package of a bare specifier. */
export function packageName(specifier: string): string {
  return specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

/**
 * Nothing of the developer's own environment: what loads only thanks to it would fail in Lambda.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export function lambdaEnvironment({ environment }: Sandbox, asset: string, home: string): NodeJS.ProcessEnv {
  // It configures Lambda's process, not the routers: what it names may be in a layer, or known to a newer Node.js only.
  const { NODE_OPTIONS: _, ...variables } = environment;
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
    _HANDLER: 'index.handler',
    ...variables,
  };
}
