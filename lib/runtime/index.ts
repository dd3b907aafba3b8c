/**
 * `cdk-lazy-api/runtime`: what the code of a router may import.
 */
export { awslambda, type AwsLambda, type NodeResponseStream, type ResponseHead } from './awslambda';
export type { ApiEvent, HttpApiEvent, HttpApiRequestContext, RestApiEvent, RestApiRequestContext } from './events';
export type {
  FetchRouter, FetchRouterBindings, LambdaContext, LambdaProxyResult, LambdaResult, LambdaRouter, ResponseStream, StreamingLambdaRouter,
} from './router-types';
export { assetPath } from './asset-path';
export { getParameter, getSecret, getSecretBinary, getSecretString } from './secrets/get-secret';
export type { ParameterOptions, SecretOptions } from './secrets/secret-options';
export { getLogger, type Logger, type LoggerFields } from './logger/logger';
