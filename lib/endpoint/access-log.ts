import { RemovalPolicy } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

/**
 * What API Gateway logs about each request: no query string, no header except the user agent, and no credentials.
 */
const COMMON = {
  requestId: '$context.requestId',
  requestTime: '$context.requestTime',
  httpMethod: '$context.httpMethod',
  status: '$context.status',
  protocol: '$context.protocol',
  responseLength: '$context.responseLength',
  responseLatency: '$context.responseLatency',
  sourceIp: '$context.identity.sourceIp',
  /** The caller that signed the request. */
  caller: '$context.identity.caller',
  /** The `sub` of the token. */
  subject: '$context.authorizer.claims.sub',
  /** The principal that a Lambda authorizer returned. */
  principal: '$context.authorizer.principalId',
  integrationStatus: '$context.integrationStatus',
  integrationErrorMessage: '$context.integrationErrorMessage',
  errorMessage: '$context.error.messageString',
} as const;

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html */
export const HTTP_ACCESS_LOG = formatOf({ ...COMMON, routeKey: '$context.routeKey', integrationLatency: '$context.integrationLatency' });

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html */
export const REST_ACCESS_LOG = formatOf({
  ...COMMON,
  routeKey: '$context.httpMethod $context.resourcePath',
  integrationLatency: '$context.integration.latency',
  wafResponseCode: '$context.wafResponseCode',
  xrayTraceId: '$context.xrayTraceId',
});

function formatOf(fields: { readonly [name: string]: string }): string {
  const quoted = '$context.error.messageString';
  // The only variable that includes its own quotes.
  return JSON.stringify(fields).replace(`"${quoted}"`, quoted);
}

/** The given log group, or a new one in the scope. */
export function accessLogGroup(scope: Construct, given: logs.ILogGroup | undefined): logs.ILogGroup {
  return given ?? new logs.LogGroup(scope, 'AccessLogs', { retention: logs.RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.RETAIN });
}
