import type { Duration } from 'aws-cdk-lib';
import type { IApiKey, MethodLoggingLevel, QuotaSettings, ThrottleSettings } from 'aws-cdk-lib/aws-apigateway';
import type { IVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import type { ApiWebAcl } from './web-acl';
import type { ApiAuthorization } from '../api-authorization';
import type { ApiCorsOptions, ApiGatewayEndpointOptions, RouteOptions } from '../api-gateway-options';

/**
 * A usage plan: who may call with which API key, and how often.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
 */
export interface ApiUsagePlanOptions {
  /**
   * How many requests a second each API key may send.
   *
   * @default - no limit of its own
   */
  readonly throttle?: ThrottleSettings;

  /**
   * How many requests a day, a week or a month each API key may send.
   *
   * @default - no limit
   */
  readonly quota?: QuotaSettings;

  /**
   * The keys of the plan.
   *
   * @default - one of its own, whose value API Gateway generates
   */
  readonly apiKeys?: IApiKey[];
}

/**
 * Options of `ApiEndpoint.rest`.
 */
export interface RestApiEndpointOptions extends ApiGatewayEndpointOptions {
  /**
   * The name of the API's one stage: the first segment of the URL's path.
   *
   * @default "prod"
   */
  readonly stageName?: string;

  /**
   * Makes the API private: it is reached through these VPC endpoints (of the service `execute-api`) and in no other way.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-apis.html
   * @default - the API is regional, reached over the internet
   */
  readonly vpcEndpoints?: IVpcEndpoint[];

  /**
   * The AWS WAF web ACL in front of the API.
   *
   * @default - none
   */
  readonly webAcl?: ApiWebAcl;

  /**
   * The usage plan of the API. Callers must then send an API key in the `x-api-key` header, but to routers for which `routes` says
   * otherwise. A key tells callers apart; it does not authorise them.
   *
   * @default - none
   */
  readonly usagePlan?: ApiUsagePlanOptions;

  /**
   * What API Gateway writes about each request beside the access log. Never bodies and headers.
   *
   * @default MethodLoggingLevel.OFF
   */
  readonly executionLogLevel?: MethodLoggingLevel;

  /**
   * Whether the stack sets the role by which API Gateway writes logs. It is one setting for the whole account and region, without which a
   * REST API with logs cannot be deployed: set this where nobody has set it yet.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
   * @default false
   */
  readonly cloudWatchRole?: boolean;

  /**
   * Whether requests are traced with AWS X-Ray.
   *
   * @default false
   */
  readonly tracing?: boolean;

  /**
   * Whether answers are passed on while they are written, up to 200 MB of them.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html
   * @default false
   */
  readonly streaming?: boolean;

  /**
   * How long API Gateway waits for the function. More than 29 seconds need a raised quota, but where answers are streamed.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
   * @default - 29 seconds; 15 minutes where answers are streamed
   */
  readonly integrationTimeout?: Duration;
}

/**
 * Options of `ApiEndpoint.fromRestApi`.
 */
export interface ExistingRestApiOptions {
  /**
   * Who may call the routers.
   *
   * @default ApiAuthorization.iam()
   */
  readonly authorization?: ApiAuthorization;

  /**
   * What single routers have of their own, by their path prefix.
   *
   * @default - all routers are alike
   */
  readonly routes?: { [prefix: string]: RouteOptions };

  /**
   * Which web pages of other origins may call the routers. Preflight requests are answered beside the routers' own routes only.
   *
   * @default - none
   */
  readonly cors?: ApiCorsOptions;

  /**
   * Whether answers are passed on while they are written.
   *
   * @default false
   */
  readonly streaming?: boolean;

  /**
   * How long API Gateway waits for the function.
   *
   * @default - 29 seconds; 15 minutes where answers are streamed
   */
  readonly integrationTimeout?: Duration;
}
