/** What the process that loads the routers finds around it. */
export interface Sandbox {
  /** The function's `handler`. */
  readonly handler: string;
  /** The directory with the copy of the asset. */
  readonly asset: string;
  /** The home directory. */
  readonly home: string;
}

/**
 * The environment variables of the process that loads the routers. It has nothing of the developer's own environment, because a router that loads
 * only thanks to it would fail in Lambda.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export function sandboxEnvironment(functionVariables: Readonly<Record<string, string>>, { handler, asset, home }: Sandbox): NodeJS.ProcessEnv {
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
