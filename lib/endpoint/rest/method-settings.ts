import type { MethodDeploymentOptions } from 'aws-cdk-lib/aws-apigateway';
import type { EndpointRoute } from '../route-plan';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-settings-method-request.html */
const METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

/** The methods that ANY stands for. If API Gateway responds to preflight requests, OPTIONS is a separate method. */
export function methodsOfAny(preflight: boolean): readonly string[] {
  return METHODS.filter((method) => !(preflight && method === 'OPTIONS'));
}

/**
 * The settings of routes with their own throttle, by path and method, as CDK expects them. A stage does not support settings for ANY: they apply by
 * the method of the request (https://github.com/DianaIonita/serverless-api-gateway-throttling), so each method has a separate count.
 *
 * The settings of a method replace those of the stage, so they repeat the common settings.
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
