/**
 * What API Gateway writes about each request: no query string, no header but the user agent, nothing that authorises.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
 */
const FIELDS = {
  requestId: '$context.requestId',
  requestTime: '$context.requestTime',
  httpMethod: '$context.httpMethod',
  routeKey: '$context.routeKey',
  status: '$context.status',
  protocol: '$context.protocol',
  responseLength: '$context.responseLength',
  responseLatency: '$context.responseLatency',
  integrationLatency: '$context.integrationLatency',
  integrationStatus: '$context.integrationStatus',
  integrationErrorMessage: '$context.integrationErrorMessage',
  errorMessage: '$context.error.messageString',
  sourceIp: '$context.identity.sourceIp',
  caller: '$context.identity.caller',
} as const;

/** The one variable that brings its own quotes. */
const QUOTED = '$context.error.messageString';

export function accessLogFormat(): string {
  return JSON.stringify(FIELDS).replace(`"${QUOTED}"`, QUOTED);
}
