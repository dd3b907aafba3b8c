import type { Duration } from 'aws-cdk-lib';
import type { IApiKey, MethodLoggingLevel, QuotaSettings, ThrottleSettings } from 'aws-cdk-lib/aws-apigateway';
import type { IVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import type { ApiWebAcl } from './api-web-acl';
import type { ApiGatewayEndpointOptions } from '../api-gateway-options';

/**
 * How much the holders of API keys may call. An API key tells callers apart; it is no authorization.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
 */
export interface ApiUsagePlanOptions {
  /**
   * How many requests a second the holder of one key may send; more are answered 429. `rateLimit` and `burstLimit` are 0 or more, `burstLimit` a
   * whole number.
   *
   * @default - no limit but those of the API
   */
  readonly throttle?: ThrottleSettings;

  /**
   * How many requests the holder of one key may send in a day, a week or a month. `limit` and `period` are required; `limit` is a whole number.
   * `offset` is at most 0 for `DAY`, 6 for `WEEK` and 27 for `MONTH`.
   *
   * @default - no limit
   */
  readonly quota?: QuotaSettings;

  /**
   * The keys of the plan. An empty list is a warning: no caller has a key.
   *
   * @default - a new one, whose value API Gateway makes: it is in no template, `aws apigateway get-api-key --include-value` shows it
   */
  readonly apiKeys?: IApiKey[];
}

/**
 * Options of `ApiEndpoint.rest`.
 */
export interface RestApiEndpointOptions extends ApiGatewayEndpointOptions {
  /**
   * The name of the API's one stage, the first segment of the URL's path: at most 128 letters, digits, `-` and `_`.
   *
   * @default "prod"
   */
  readonly stageName?: string;

  /**
   * Makes a private API, which only requests through these interface endpoints (`execute-api`) reach. Its URL works in VPCs whose endpoint has
   * private DNS.
   *
   * The API's resource policy denies everybody else. Routes that IAM authorises still want `grantInvoke`, and of callers of other accounts a
   * statement in `restApi.addToResourcePolicy` too. Routes that are public, or want tokens of a user pool, are allowed to everybody who comes that
   * way; such a router must not enclose one that IAM or a Lambda authorizer authorises.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-apis.html
   * @default - a regional API on the internet
   */
  readonly vpcEndpoints?: IVpcEndpoint[];

  /**
   * The AWS WAF web ACL that requests pass before anything else.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-aws-waf.html
   * @default - none
   */
  readonly webAcl?: ApiWebAcl;

  /**
   * A usage plan with API keys. Every route then wants a key in the `x-api-key` header, but where `routes` says `apiKeyRequired: false`.
   *
   * @default - none, and no route wants a key
   */
  readonly usagePlan?: ApiUsagePlanOptions;

  /**
   * What API Gateway writes about how it worked off a request, into a log group `API-Gateway-Execution-Logs_API/STAGE` of its own that keeps
   * everything. INFO has the names and values of headers and query parameters, so take it to look for a fault and not for good. Requests and
   * answers are never written in full.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
   * @default MethodLoggingLevel.OFF
   */
  readonly executionLogLevel?: MethodLoggingLevel;

  /**
   * Whether the stack sets the role by which API Gateway writes logs. It is one setting for all APIs of an account and region, and access logs
   * need it too: deployment fails with "CloudWatch Logs role ARN must be set in account settings" where it is not set. Set it in one stack.
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
   * Whether answers are passed on while they are written: without the limit of 10 MB, and for up to 15 minutes.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html
   * @default false
   */
  readonly streaming?: boolean;

  /**
   * How long API Gateway waits for the function. More than 29 seconds needs a raised quota, "Maximum integration timeout in milliseconds", unless
   * answers are streamed.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
   * @default - 29 seconds; 15 minutes, which is the most, where answers are streamed
   */
  readonly integrationTimeout?: Duration;
}
