import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { addGatewayResponses } from './gateway-responses';
import { throttledMethods } from './method-settings';
import { checkPrivateApi, PrivateApi, privateApiPolicy } from './private-api';
import type { RestApiEndpointOptions } from './rest-api-options';
import { integrationTimeoutOf, longerTimeout } from './rest-integrations';
import { checkRestOptions } from './rest-option-checks';
import { planRestApi, RestPlan } from './rest-plan';
import { addRestRoutes } from './rest-routes';
import { createUsagePlan, warnAboutKeys } from './usage-plan';
import type { ParsedPrefix } from '../../routing/prefix';
import { accessLogGroup, REST_ACCESS_LOG } from '../access-log';
import { restApiMetrics } from '../api-gateway-metrics';
import { ApiMetrics } from '../api-metrics';
import { uniqueApiName } from '../api-name';
import { isExecuteApiDisabled, mapDomain } from '../custom-domain';
import { describeRouters } from '../describe-routers';
import type { EndpointPlan } from '../endpoint-plan';
import type { RoutesAtStage } from '../gateway-api';
import { grantApi } from '../grant';
import { IApiEndpoint } from '../i-api-endpoint';
import { toRouteKeys } from '../route-names';
import { warnAboutTimeout } from '../timeout';

/** The default stage name, the same as CDK's. */
const STAGE = 'prod';

/** All types, so that responses can be binary. The function decodes text request bodies. */
const BINARY_MEDIA_TYPES = ['*/*'];

interface RestApiEndpointProps {
  /** The function. */
  readonly target: IFunction;

  /** The user's options, checked. */
  readonly options: RestApiEndpointOptions;

  /** The description of the API. */
  readonly description: string;

  /** The planned routes, with CORS. */
  readonly plan: RestPlan;
}

/** A REST API in front of a LazyApiFunction with two routes for each router, created by `ApiEndpoint.rest`. */
export class RestApiEndpoint extends Construct implements IApiEndpoint {
  /** @internal */
  public static _plan(prefixes: readonly ParsedPrefix[], options: RestApiEndpointOptions): EndpointPlan {
    checkRestOptions(options, prefixes);
    const plan = planRestApi(prefixes, options);
    if (options.vpcEndpoints) checkPrivateApi(privateApi(options, plan));
    const description = options.description ?? describeRouters(prefixes);
    return {
      traits: { ...plan.traits, binaryBodies: true },
      eventSource: 'REST API',
      urlOutput: true,
      bind: (scope, target) => new RestApiEndpoint(scope, 'RestApi', { target, options, description, plan }),
    };
  }

  /** The REST API. */
  public readonly restApi: apigateway.RestApi;

  /** The stage of the API. */
  public readonly stage: apigateway.Stage;

  /** The log group of the access logs. API Gateway writes one JSON line for each request. */
  public readonly accessLogGroup: logs.ILogGroup;

  /** The web ACL that `ApiWebAcl.managedRules` created. Undefined if the API has another web ACL or none. */
  public readonly webAcl?: CfnWebACL;

  /** The usage plan, if the API has one. */
  public readonly usagePlan?: apigateway.UsagePlan;

  /** The API keys of the usage plan. */
  public readonly apiKeys: apigateway.IApiKey[];

  /** The base URL of all routers' prefixes, with a trailing slash. */
  public readonly url: string;

  /** The routes to the function, for example `ANY /users/{proxy+}`. */
  public readonly routes: string[];

  /** The CloudWatch metrics that the API reports. */
  public readonly metrics: ApiMetrics;

  private readonly served: RoutesAtStage;

  private constructor(scope: Construct, id: string, props: RestApiEndpointProps) {
    super(scope, id);
    const { target, options, description, plan } = props;
    const { routes, cors } = plan;
    this.accessLogGroup = accessLogGroup(this, options.accessLogGroup);
    this.restApi = this.createApi(options, description, plan);
    this.stage = this.restApi.deploymentStage;
    addGatewayResponses(this.restApi, cors);
    warnAboutTimeout(target, integrationTimeoutOf(options), 'a REST API', longerTimeout(options));
    addRestRoutes(this, this.restApi, target, { ...options, routes, cors, apiKeyRequired: options.usagePlan ? true : undefined });
    this.webAcl = options.webAcl?._protect(this, this.stage);
    warnAboutKeys(this, options);
    const usage = options.usagePlan && createUsagePlan(this, options.usagePlan, this.stage);
    this.usagePlan = usage?.plan;
    this.apiKeys = usage?.keys ?? [];
    const { restApiId: apiId } = this.restApi;
    const { stageName } = this.stage;
    this.routes = toRouteKeys(routes);
    this.served = { api: this.restApi, stageName, routes };
    this.url = mapDomain(this, options.domain, { apiId, stageName, stage: this.stage, url: this.stage.urlForPath('/') });
    this.metrics = restApiMetrics(this.restApi, stageName);
  }

  public grantInvoke(grantee: iam.IGrantable): iam.Grant {
    return grantApi(this, grantee, this.served);
  }

  private createApi(options: RestApiEndpointOptions, description: string, plan: RestPlan): apigateway.RestApi {
    const { vpcEndpoints } = options;
    const api = new apigateway.RestApi(this, 'Api', {
      restApiName: options.apiName ?? uniqueApiName(this),
      description,
      endpointConfiguration: vpcEndpoints
        ? { types: [apigateway.EndpointType.PRIVATE], vpcEndpoints }
        : { types: [apigateway.EndpointType.REGIONAL] },
      policy: vpcEndpoints && privateApiPolicy(vpcEndpoints, privateApi(options, plan)),
      binaryMediaTypes: BINARY_MEDIA_TYPES,
      cloudWatchRole: options.cloudWatchRole ?? false,
      disableExecuteApiEndpoint: isExecuteApiDisabled(options.domain) || undefined,
      deployOptions: this.stageOptions(options, plan),
    });
    // CDK's own output of the URL. This construct has a separate one.
    api.node.tryRemoveChild('Endpoint');
    return api;
  }

  private stageOptions(options: RestApiEndpointOptions, { routes, cors }: RestPlan): apigateway.StageOptions {
    const common: apigateway.MethodDeploymentOptions = { loggingLevel: options.executionLogLevel };
    return {
      ...common,
      stageName: options.stageName ?? STAGE,
      throttlingRateLimit: options.throttle?.rateLimit,
      throttlingBurstLimit: options.throttle?.burstLimit,
      methodOptions: throttledMethods(routes, common, cors !== undefined),
      tracingEnabled: options.tracing,
      accessLogDestination: new apigateway.LogGroupLogDestination(this.accessLogGroup),
      accessLogFormat: apigateway.AccessLogFormat.custom(REST_ACCESS_LOG),
    };
  }
}

function privateApi({ stageName = STAGE }: RestApiEndpointOptions, { routes, cors }: RestPlan): PrivateApi {
  return { stageName, routes, preflight: cors !== undefined };
}
