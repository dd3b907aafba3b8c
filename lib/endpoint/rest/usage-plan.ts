import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import type { ApiUsagePlanOptions, RestApiEndpointOptions } from './rest-api-options';
import { warn } from '../../private/warn';

/** The usage plan of a stage, with the given keys or a new one. */
export function createUsagePlan(scope: Construct, { throttle, quota, apiKeys }: ApiUsagePlanOptions, stage: apigateway.Stage) {
  const plan = new apigateway.UsagePlan(scope, 'UsagePlan', { throttle, quota, apiStages: [{ stage }] });
  const keys = apiKeys ?? [new apigateway.ApiKey(scope, 'ApiKey')];
  keys.forEach((key) => plan.addApiKey(key));
  return { plan, keys };
}

/** These are warnings, because plans and keys can be added elsewhere. Without them, API Gateway responds with 403 to all callers. */
export function warnAboutKeys(scope: Construct, { usagePlan, routes = {} }: RestApiEndpointOptions): void {
  if (usagePlan?.apiKeys?.length === 0) {
    warn(scope, 'usagePlanWithoutKeys', 'usagePlan.apiKeys is empty, so no caller has the key that the routes require; add keys, '
      + 'leave it out to create a new key, '
      + 'or add keys with endpoint.usagePlan.addApiKey and acknowledge this warning');
  }
  const wanting = Object.entries(routes).find(([, { apiKeyRequired }]) => apiKeyRequired);
  if (wanting && !usagePlan) {
    warn(scope, 'apiKeyWithoutUsagePlan', `routes["${wanting[0]}"].apiKeyRequired is true, but the endpoint has no usage plan with keys that `
      + 'API Gateway accepts; set usagePlan, or add a plan with endpoint.restApi.addUsagePlan and acknowledge this warning');
  }
}
