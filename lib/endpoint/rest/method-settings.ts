import type { MethodDeploymentOptions } from 'aws-cdk-lib/aws-apigateway';
import type { EndpointRoute } from '../endpoint-plan';

/** The methods that a stage has settings for. */
const METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

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
  const methods = METHODS.filter((method) => !(preflight && method === 'OPTIONS'));
  const settings = routes.flatMap(({ path, throttle }) => (throttle === undefined ? [] : methods.map((method): [string, MethodDeploymentOptions] => [
    `${path}/${method}`,
    { ...common, throttlingRateLimit: throttle.rateLimit, throttlingBurstLimit: throttle.burstLimit },
  ])));
  return settings.length > 0 ? Object.fromEntries(settings) : undefined;
}
