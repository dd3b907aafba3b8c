import { Duration, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { checkProp } from '../../private/check';
import { aDurationOf } from '../../private/limits';

/** This quota can be increased: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
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
  checkProp('INTEGRATION_TIMEOUT', 'integrationTimeout', integrationTimeout, aDurationOf('milliseconds', LEAST_TIMEOUT_MS, most));
}

/** How long API Gateway waits for the function. */
export function integrationTimeoutOf({ streaming, integrationTimeout }: IntegrationSettings): Duration {
  return integrationTimeout ?? (streaming ? STREAMING_TIMEOUT : BUFFERED_TIMEOUT);
}

/** What to do if the function may run longer. */
export function longerTimeout({ streaming, integrationTimeout }: IntegrationSettings): string {
  if (integrationTimeout) return 'set timeout to less than integrationTimeout';
  return streaming
    ? 'set timeout to less than that'
    : 'set timeout to 28 seconds or less, set integrationTimeout if your quota allows more, or set streaming';
}

/**
 * CDK's LambdaIntegration adds a permission for each method, which exceeds the 20 KB limit of the resource policy at about thirty methods.
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
