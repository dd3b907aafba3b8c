import type { Duration } from 'aws-cdk-lib';
import type { IApiKey, MethodLoggingLevel, QuotaSettings, ThrottleSettings } from 'aws-cdk-lib/aws-apigateway';
import type { IVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import type { ApiWebAcl } from './api-web-acl';
import type { ApiGatewayEndpointOptions } from '../api-gateway-options';

/**
 * Options for a usage plan, which limits how much the holder of an API key can call the API. An API key identifies a caller. It does not authorize
 * the caller.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
 */
export interface ApiUsagePlanOptions {
  /**
   * The request rate that API Gateway allows for each API key. Requests over the limit get a 429 response.
   *
   * `rateLimit` is in requests per second. `rateLimit` and `burstLimit` must be 0 or more, and `burstLimit` must be a whole number.
   *
   * @default - only the limits of the API
   */
  readonly throttle?: ThrottleSettings;

  /**
   * The number of requests that API Gateway allows for each API key in a day, a week, or a month. `limit` and `period` are required, and `limit` must
   * be a whole number. `offset` is at most 0 for `DAY`, 6 for `WEEK`, and 27 for `MONTH`.
   *
   * @default - no limit
   */
  readonly quota?: QuotaSettings;

  /**
   * The API keys of the plan. Synthesis warns about an empty list, because no caller then has a key.
   *
   * @default - a new key with a generated value, which is in no template; `aws apigateway get-api-key --include-value` shows it
   */
  readonly apiKeys?: IApiKey[];
}

/** Options for `ApiEndpoint.rest`. */
export interface RestApiEndpointOptions extends ApiGatewayEndpointOptions {
  /**
   * The name of the API's stage, which is the first segment of the URL's path: at most 128 letters, digits, `-`, and `_`.
   *
   * @default "prod"
   */
  readonly stageName?: string;

  /**
   * The interface endpoints (`execute-api`) of a private API. If you set this, callers can reach the API only through these endpoints. Its URL works
   * in VPCs whose endpoint has private DNS enabled.
   *
   * The API's resource policy denies all other requests. Callers of routes with IAM authorization still need `grantInvoke`. Callers from other
   * accounts also need a statement in `restApi.addToResourcePolicy`.
   *
   * The policy allows every request through these endpoints to routes that are public or require a user pool token. The prefix of such a router must
   * not contain the prefix of a router with IAM or Lambda authorization.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-apis.html
   * @default - a regional API on the internet
   */
  readonly vpcEndpoints?: IVpcEndpoint[];

  /**
   * The AWS WAF web ACL that inspects requests before API Gateway handles them.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-aws-waf.html
   * @default - none
   */
  readonly webAcl?: ApiWebAcl;

  /**
   * A usage plan with API keys. If you set it, every route requires an API key in the `x-api-key` header, unless `routes` sets `apiKeyRequired:
   * false` for the router.
   *
   * @default - no usage plan, and no route requires an API key
   */
  readonly usagePlan?: ApiUsagePlanOptions;

  /**
   * The level of API Gateway's execution logs. API Gateway writes them to a separate log group, `API-Gateway-Execution-Logs_API/STAGE`, which never
   * expires.
   *
   * INFO logs the names and values of headers and query parameters, so use it only to debug. Requests and responses are never logged in full.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
   * @default MethodLoggingLevel.OFF
   */
  readonly executionLogLevel?: MethodLoggingLevel;

  /**
   * Whether to create the role that API Gateway uses to write logs, and set it for the account.
   *
   * All APIs of an account and region share this setting, and access logs need it too. If no role is set, deployment fails with "CloudWatch Logs role
   * ARN must be set in account settings". Set this option in only one stack.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-account.html
   * @default false
   */
  readonly cloudWatchRole?: boolean;

  /**
   * Whether API Gateway sends traces to AWS X-Ray.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-xray.html
   * @default false
   */
  readonly tracing?: boolean;

  /**
   * Whether to stream responses to clients while the function produces them. Streamed responses can exceed 10 MB and take up to 15 minutes.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html
   * @default false
   */
  readonly streaming?: boolean;

  /**
   * How long API Gateway waits for the function. Without streaming, more than 29 seconds requires an increase of the quota "Maximum integration
   * timeout in milliseconds".
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
   * @default - 29 seconds; 15 minutes, which is the maximum, if responses are streamed
   */
  readonly integrationTimeout?: Duration;
}
