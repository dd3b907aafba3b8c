/** The properties of a Lambda function that a process needs. */
export interface LocalFunction {
  /** The function's name. */
  readonly name: string;
  /** The directory of the function's code. */
  readonly directory: string;
  /** A directory with packages that replace those of the code on this machine, if the language needs one. */
  readonly packages?: string;
  readonly handler: string;
  readonly memoryMb: number;
  /** The function's timeout, in milliseconds. */
  readonly timeoutMs: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly region: string;
}

/** How to start the runtime of a language with a function in it. */
export interface RuntimeCommand {
  readonly command: string;
  readonly args: readonly string[];
  /** What the runtime needs in addition to the variables that every runtime gets. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * The variables that Lambda sets for every runtime.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export function lambdaVariables({ name, directory, handler, memoryMb, region }: LocalFunction, runtimeApi: string): Record<string, string> {
  return {
    _HANDLER: handler,
    AWS_LAMBDA_RUNTIME_API: runtimeApi,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_FORMAT: 'JSON',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: '2026/01/01/[$LATEST]local',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    LAMBDA_TASK_ROOT: directory,
    TZ: ':UTC',
  };
}
