import * as lambda from 'aws-cdk-lib/aws-lambda';
import { LOG_LEVEL_VARIABLE } from '../contract/variables';
import { LazyApiError } from '../private/errors';
import { known } from '../private/tokens';

/**
 * What happens to each option of `lambda.FunctionOptions`: `pass` passes it to the function unchanged, `adapt` adds a default or a check, and
 * `refuse` fails with the reason. A language can refuse more.
 */
export type Treatment = 'pass' | 'adapt' | { readonly refuse: string };

/** The reasons for which options are refused. */
export type RefusedOptions = { readonly [option in keyof lambda.FunctionOptions]?: string };

const ASYNCHRONOUS = 'it applies to asynchronous invocations, but API Gateway waits for the response';
const OWN_LOG_GROUP = 'it creates a custom resource; pass a logGroup with the retention and removal policy that you want';

export const FUNCTION_OPTIONS: Record<keyof lambda.FunctionOptions, Treatment> & { readonly [newer: string]: Treatment } = {
  architecture: 'adapt',
  memorySize: 'adapt',
  timeout: 'adapt',
  environment: 'adapt',
  role: 'adapt',
  logGroup: 'adapt',
  loggingFormat: 'adapt',
  currentVersionOptions: 'adapt',
  applicationLogLevelV2: 'adapt',

  functionName: 'pass',
  description: 'pass',
  ephemeralStorageSize: 'pass',
  initialPolicy: 'pass',
  vpc: 'pass',
  ipv6AllowedForDualStack: 'pass',
  vpcSubnets: 'pass',
  securityGroups: 'pass',
  allowAllOutbound: 'pass',
  allowAllIpv6Outbound: 'pass',
  allowPublicSubnet: 'pass',
  tracing: 'pass',
  profiling: 'pass',
  profilingGroup: 'pass',
  insightsVersion: 'pass',
  adotInstrumentation: 'pass',
  paramsAndSecrets: 'pass',
  layers: 'pass',
  reservedConcurrentExecutions: 'pass',
  filesystem: 'pass',
  environmentEncryption: 'pass',
  codeSigningConfig: 'pass',
  runtimeManagementMode: 'pass',
  recursiveLoop: 'pass',
  systemLogLevelV2: 'pass',
  snapStart: 'pass',

  events: {
    refuse: 'routers serve only API requests, so messages of an event source would get a 404 response and count as processed; '
      + 'give the event source a separate function',
  },
  durableConfig: { refuse: 'a durable function is not invoked by API Gateway' },
  tenancyConfig: { refuse: 'API Gateway would have to pass a tenant ID with every invocation, which the routes do not do yet' },
  deadLetterQueue: { refuse: ASYNCHRONOUS },
  deadLetterQueueEnabled: { refuse: ASYNCHRONOUS },
  deadLetterTopic: { refuse: ASYNCHRONOUS },
  onFailure: { refuse: ASYNCHRONOUS },
  onSuccess: { refuse: ASYNCHRONOUS },
  maxEventAge: { refuse: ASYNCHRONOUS },
  retryAttempts: { refuse: ASYNCHRONOUS },
  logRetention: { refuse: OWN_LOG_GROUP },
  logRemovalPolicy: { refuse: OWN_LOG_GROUP },
  logRetentionRole: { refuse: OWN_LOG_GROUP },
  logRetentionRetryOptions: { refuse: OWN_LOG_GROUP },
  logFormat: { refuse: 'it is deprecated; logs are always JSON' },
  applicationLogLevel: { refuse: 'it is deprecated; use applicationLogLevelV2' },
  systemLogLevel: { refuse: 'it is deprecated; use systemLogLevelV2' },
};

const REFUSED: RefusedOptions = Object.fromEntries(Object.entries(FUNCTION_OPTIONS).flatMap(([name, treatment]) => (
  typeof treatment === 'object' ? [[name, treatment.refuse]] : []
)));

/** The options that the function receives unchanged. */
export function passedOptions(options: lambda.FunctionOptions): lambda.FunctionOptions {
  return Object.fromEntries(Object.entries(options).filter(([name]) => FUNCTION_OPTIONS[name] === 'pass'));
}

/** Throws an error if an option does not work behind an API, or would disable the function's reports. */
export function checkFunctionOptions(options: lambda.FunctionOptions, reports: boolean, refusedByLanguage: RefusedOptions = {}): void {
  checkRefused(options, refusedByLanguage);
  if (options.loggingFormat === lambda.LoggingFormat.TEXT) {
    throw optionError('loggingFormat must be JSON, got Text: the function logs one JSON document per line');
  }
  if (options.currentVersionOptions?.provisionedConcurrentExecutions !== undefined) {
    throw optionError('currentVersionOptions.provisionedConcurrentExecutions is not supported: '
      + 'every version that is kept would keep paid environments; '
      + 'use provisionedConcurrency');
  }
  checkLogLevels(options, reports);
}

function checkRefused(options: lambda.FunctionOptions, refusedByLanguage: RefusedOptions): void {
  const reasons: RefusedOptions = { ...REFUSED, ...refusedByLanguage };
  for (const [name, reason] of Object.entries(reasons)) {
    const value = options[name as keyof lambda.FunctionOptions];
    if (value !== undefined && value !== false) throw optionError(`${name} is not supported: ${reason}`);
  }
}

/** Lambda's names, lowest first: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html */
const LEVELS: readonly string[] = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

function checkLogLevels(options: lambda.FunctionOptions, reports: boolean): void {
  const { applicationLogLevelV2: lambdas = lambda.ApplicationLogLevel.INFO, environment = {} } = options;
  if (reports && LEVELS.indexOf(lambdas) > LEVELS.indexOf('INFO')) {
    throw optionError(`applicationLogLevelV2 must be INFO or lower, got ${lambdas}: Lambda would drop the request log and its metrics; `
      + `to limit what routers log, set the environment variable ${LOG_LEVEL_VARIABLE} to ${lambdas}`);
  }
  const own = known(environment[LOG_LEVEL_VARIABLE]);
  if (own === undefined) return;
  if (!LEVELS.includes(own.toUpperCase())) {
    throw optionError(`environment.${LOG_LEVEL_VARIABLE} must be one of ${LEVELS.join(', ')}, got "${own}"`);
  }
  if (LEVELS.indexOf(own.toUpperCase()) < LEVELS.indexOf(lambdas)) {
    throw optionError(`environment.${LOG_LEVEL_VARIABLE} is ${own}, but Lambda drops lines below ${lambdas}; set applicationLogLevelV2 too`);
  }
}

function optionError(message: string): LazyApiError {
  return new LazyApiError('FUNCTION_OPTION', message);
}
