import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import type { ApiUsagePlanOptions } from './rest-api-options';

/** The usage plan of a stage, with the given keys or a new one. */
export function createUsagePlan(scope: Construct, { throttle, quota, apiKeys }: ApiUsagePlanOptions, stage: apigateway.Stage) {
  const plan = new apigateway.UsagePlan(scope, 'UsagePlan', { throttle, quota, apiStages: [{ stage }] });
  const keys = apiKeys ?? [new apigateway.ApiKey(scope, 'ApiKey')];
  keys.forEach((key) => plan.addApiKey(key));
  return { plan, keys };
}
