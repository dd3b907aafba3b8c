import { Duration, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { demand } from '../../private/check';
import { aDurationOf } from '../../private/limits';
import { Cors } from '../cors';

/** Raisable: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
const BUFFERED_TIMEOUT = Duration.seconds(29);

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html */
const STREAMING_TIMEOUT = Duration.minutes(15);

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
const LEAST_TIMEOUT_MS = 50;

/** How API Gateway calls the function. */
export interface IntegrationSettings {
  readonly streaming?: boolean;
  readonly integrationTimeout?: Duration;
}

export function checkIntegration({ streaming, integrationTimeout }: IntegrationSettings): void {
  if (integrationTimeout === undefined) return;
  const most = streaming ? STREAMING_TIMEOUT.toMilliseconds() : undefined;
  demand('INTEGRATION_TIMEOUT', 'integrationTimeout', integrationTimeout, aDurationOf('milliseconds', LEAST_TIMEOUT_MS, most));
}

/** How long API Gateway waits for the function. */
export function integrationTimeoutOf({ streaming, integrationTimeout }: IntegrationSettings): Duration {
  return integrationTimeout ?? (streaming ? STREAMING_TIMEOUT : BUFFERED_TIMEOUT);
}

/** What to do where the function may run longer. */
export function longerTimeout({ streaming, integrationTimeout }: IntegrationSettings): string {
  if (integrationTimeout) return 'set timeout to less than integrationTimeout';
  return streaming
    ? 'set timeout to less than that'
    : 'set timeout to 28 seconds or less, set integrationTimeout where your quota allows more, or set streaming';
}

/**
 * CDK's LambdaIntegration adds a permission for each method, which breaks the 20 KB resource policy at about thirty.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html
 */
export function lambdaIntegration(target: IFunction, settings: IntegrationSettings): apigateway.Integration {
  const { partition, region } = Stack.of(target);
  const [version, action] = settings.streaming ? ['2021-11-15', 'response-streaming-invocations'] : ['2015-03-31', 'invocations'];
  return new apigateway.Integration({
    type: apigateway.IntegrationType.AWS_PROXY,
    integrationHttpMethod: 'POST',
    uri: `arn:${partition}:apigateway:${region}:lambda:path/${version}/functions/${target.functionArn}/${action}`,
    options: {
      timeout: settings.streaming ? integrationTimeoutOf(settings) : settings.integrationTimeout,
      responseTransferMode: settings.streaming ? apigateway.ResponseTransferMode.STREAM : undefined,
    },
  });
}

/** An answer to preflight requests, by API Gateway itself. */
export interface Preflight {
  readonly integration: apigateway.Integration;
  readonly methodResponses: apigateway.MethodResponse[];
}

/**
 * CDK's `addCorsPreflight` answers 500 where everything is a binary media type, because mapping templates need text
 * (https://github.com/clebert/aws-simple/pull/173).
 */
export function preflight(cors: Cors): Preflight {
  const headers = Object.fromEntries(Object.entries(preflightHeaders(cors)).map(([name, value]) => [`method.response.header.${name}`, `'${value}'`]));
  return {
    integration: new apigateway.MockIntegration({
      contentHandling: apigateway.ContentHandling.CONVERT_TO_TEXT,
      passthroughBehavior: apigateway.PassthroughBehavior.NEVER,
      requestTemplates: { 'application/json': '{"statusCode":204}' },
      integrationResponses: [{
        statusCode: '204',
        contentHandling: apigateway.ContentHandling.CONVERT_TO_TEXT,
        responseParameters: headers,
        responseTemplates: cors.allowOrigins.length > 1 ? { 'application/json': originTemplate(cors.allowOrigins) } : undefined,
      }],
    }),
    methodResponses: [{ statusCode: '204', responseParameters: Object.fromEntries(Object.keys(headers).map((name) => [name, true])) }],
  };
}

function preflightHeaders(cors: Cors): { readonly [name: string]: string } {
  const [origin] = cors.allowOrigins;
  return {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Methods': cors.allowMethods.join(','),
    ...cors.allowHeaders.length > 0 && { 'Access-Control-Allow-Headers': cors.allowHeaders.join(',') },
    ...cors.allowCredentials && { 'Access-Control-Allow-Credentials': 'true' },
    ...cors.maxAgeSeconds !== undefined && { 'Access-Control-Max-Age': `${cors.maxAgeSeconds}` },
    ...origin !== '*' && { Vary: 'Origin' },
  };
}

/** The header names one origin; the template makes it the request's, where that is another one of the list. */
function originTemplate(origins: readonly string[]): string {
  const others = origins.slice(1).map((origin) => `$origin == "${origin}"`).join(' || ');
  return [
    '#set($origin = $input.params().header.get("Origin"))',
    '#if(!$origin || $origin == "")#set($origin = $input.params().header.get("origin"))#end',
    `#if(${others})#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)#end`,
  ].join('\n');
}
