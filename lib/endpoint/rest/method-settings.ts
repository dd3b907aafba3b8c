import type { MethodDeploymentOptions } from 'aws-cdk-lib/aws-apigateway';
import type { EndpointRoute } from '../route-plan';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-settings-method-request.html */
const METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

/** The methods that ANY takes; where API Gateway answers preflight requests, OPTIONS is a separate method. */
export function methodsOfAny(preflight: boolean): readonly string[] {
  return METHODS.filter((method) => !(preflight && method === 'OPTIONS'));
}

/**
 * The settings of routes with a throttle of their own, by path and method as CDK wants them. A stage knows no settings for ANY: they go by the
 * request's method, as https://github.com/DianaIonita/serverless-api-gateway-throttling found, so each method has its own count.
 *
 * Settings of a method replace those of the stage, so they repeat what is common.
 */
export function throttledMethods(
  routes: readonly EndpointRoute[],
  common: MethodDeploymentOptions,
  preflight: boolean,
): { [method: string]: MethodDeploymentOptions } | undefined {
  const settings = routes.filter(({ throttle }) => throttle !== undefined).flatMap(({ path, throttle }) => (
    methodsOfAny(preflight).map((method): [string, MethodDeploymentOptions] => [
      `${path}/${method}`,
      { ...common, throttlingRateLimit: throttle?.rateLimit, throttlingBurstLimit: throttle?.burstLimit },
    ])
  ));
  return settings.length > 0 ? Object.fromEntries(settings) : undefined;
}
