import { Names, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { privateApiPolicy } from './private-api';
import type { RestApiEndpointOptions } from './rest-api-options';
import { addRestRoutes, checkIntegrationTimeout, integrationTimeout, restApiKind } from './rest-routes';
import { FrontDoor } from '../../contract/front-door';
import { LazyApiError } from '../../private/errors';
import { accessLogGroup, REST_ACCESS_LOG } from '../access-log';
import { AuthorizationSpec } from '../api-authorization';
import { ApiMetrics } from '../api-metrics';
import { Cors, resolveCors } from '../cors';
import { checkDomain, isExecuteApiDisabled, mapDomain } from '../custom-domain';
import { describeRouters } from '../description';
import { EndpointPlan, EndpointRoute, planEndpoint } from '../endpoint-plan';
import { grantExecuteApi } from '../grant';
import { IApiEndpoint } from '../i-api-endpoint';
import { Served } from '../served';
import { warnAboutTimeout } from '../timeout';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_CreateRestApi.html */
const API_NAME_MAX_LENGTH = 128;

/** https://docs.aws.amazon.com/apigateway/latest/api/API_CreateStage.html */
const STAGE_NAME = /^[A-Za-z0-9_-]{1,128}$/;

/** A stage has settings for each of them: it knows no ANY. */
const METHODS = ['DELETE', 'GET', 'HEAD', 'PATCH', 'POST', 'PUT'];

/** The API answers them instead of the function. */
const NOT_FOUND = '{"message":"Not Found"}';

interface RestApiEndpointProps extends Served {
  /** What the user said of it. */
  readonly options: RestApiEndpointOptions;
}

/**
 * A REST API in front of a LazyApiFunction, with a pair of resources for each router: made by `ApiEndpoint.rest`.
 */
export class RestApiEndpoint extends Construct implements IApiEndpoint {
  /** @internal */
  public static _frontDoor(prefixes: readonly string[], options: RestApiEndpointOptions): FrontDoor {
    return plan(prefixes, options).frontDoor;
  }

  /** @internal */
  public static _create(scope: Construct, options: RestApiEndpointOptions, target: IFunction, prefixes: readonly string[]): RestApiEndpoint {
    return new RestApiEndpoint(scope, 'RestApi', { options, target, prefixes });
  }

  /** The API. */
  public readonly restApi: apigateway.RestApi;

  /** The one stage of the API. */
  public readonly stage: apigateway.Stage;

  /** Where API Gateway writes a JSON line about each request. */
  public readonly accessLogGroup: logs.ILogGroup;

  /** The usage plan, where there is one. */
  public readonly usagePlan?: apigateway.UsagePlan;

  /** The URL below which the prefixes are, ending with a slash. */
  public readonly url: string;

  /** The routes to the function, like `ANY /users/{proxy+}`. */
  public readonly routes: string[];

  /** What the endpoint reports to CloudWatch. */
  public readonly metrics: ApiMetrics;

  private readonly authorizations: ReadonlyArray<AuthorizationSpec['kind']>;

  private constructor(scope: Construct, id: string, props: RestApiEndpointProps) {
    super(scope, id);
    const { options, target, prefixes } = props;
    const { routes } = plan(prefixes, options);
    const cors = options.cors && resolveCors(options.cors);
    this.accessLogGroup = accessLogGroup(this, options.accessLogGroup);
    this.restApi = this.createApi(options, prefixes, routes);
    this.stage = this.restApi.deploymentStage;

    warnAboutTimeout(target, integrationTimeout(options), 'the REST API', 'set integrationTimeout, which needs a raised quota, or a shorter timeout');
    addRestRoutes(this, this.restApi, target, {
      ...options, routes, cors, apiKeyRequired: options.usagePlan !== undefined, requestValidator: this.validateRequests(),
    });
    this.answerErrors(cors);
    this.usagePlan = this.addUsagePlan(options);
    this.protect(options);

    this.routes = routes.map(({ path }) => `ANY ${path}`);
    this.authorizations = routes.map(({ authorization }) => authorization.kind);
    this.url = this.urlOf(options);
    this.metrics = restApiMetrics(this.restApi.restApiName, this.stage.stageName);
  }

  public grantInvoke(grantee: iam.IGrantable): iam.Grant {
    return grantExecuteApi(this, grantee, [this.restApi.arnForExecuteApi('*', '/*', this.stage.stageName)], this.authorizations);
  }

  private createApi(options: RestApiEndpointOptions, prefixes: readonly string[], routes: readonly EndpointRoute[]): apigateway.RestApi {
    const { vpcEndpoints, domain } = options;
    const api = new apigateway.RestApi(this, 'Api', {
      restApiName: options.apiName ?? Names.uniqueResourceName(this, { maxLength: API_NAME_MAX_LENGTH, separator: '-' }),
      description: options.description ?? describeRouters(prefixes),
      endpointConfiguration: vpcEndpoints
        ? { types: [apigateway.EndpointType.PRIVATE], vpcEndpoints }
        : { types: [apigateway.EndpointType.REGIONAL] },
      policy: vpcEndpoints && privateApiPolicy(vpcEndpoints, routes, options.cors !== undefined),
      disableExecuteApiEndpoint: isExecuteApiDisabled(domain) || undefined,
      cloudWatchRole: options.cloudWatchRole ?? false,
      // Else no router could answer with a picture: https://docs.aws.amazon.com/apigateway/latest/developerguide/lambda-proxy-binary-media.html
      binaryMediaTypes: ['*/*'],
      deployOptions: {
        stageName: options.stageName,
        accessLogDestination: new apigateway.LogGroupLogDestination(this.accessLogGroup),
        accessLogFormat: apigateway.AccessLogFormat.custom(REST_ACCESS_LOG),
        loggingLevel: options.executionLogLevel,
        dataTraceEnabled: false,
        metricsEnabled: true,
        tracingEnabled: options.tracing,
        throttlingRateLimit: options.throttle?.rateLimit,
        throttlingBurstLimit: options.throttle?.burstLimit,
        methodOptions: throttles(routes),
      },
    });
    // The URL is an output of LazyApiFunction.
    api.node.tryRemoveChild('Endpoint');
    return api;
  }

  private validateRequests(): apigateway.IRequestValidator {
    return new apigateway.RequestValidator(this, 'RequestValidator', { restApi: this.restApi, validateRequestBody: true, validateRequestParameters: true });
  }

  /** Unknown paths are 404, as with an HTTP API. So are unsigned requests to routes with IAM authorization: API Gateway does not tell them apart. */
  private answerErrors(cors: Cors | undefined): void {
    const responseHeaders = cors && corsHeaders(cors);
    this.restApi.addGatewayResponse('NotFound', {
      type: apigateway.ResponseType.MISSING_AUTHENTICATION_TOKEN,
      statusCode: '404',
      templates: { 'application/json': NOT_FOUND },
      responseHeaders,
    });
    if (!responseHeaders) return;
    this.restApi.addGatewayResponse('ClientError', { type: apigateway.ResponseType.DEFAULT_4XX, responseHeaders });
    this.restApi.addGatewayResponse('ServerError', { type: apigateway.ResponseType.DEFAULT_5XX, responseHeaders });
  }

  private addUsagePlan({ usagePlan }: RestApiEndpointOptions): apigateway.UsagePlan | undefined {
    if (!usagePlan) return undefined;
    const { throttle, quota, apiKeys } = usagePlan;
    const plan_ = new apigateway.UsagePlan(this, 'UsagePlan', { throttle, quota, apiStages: [{ api: this.restApi, stage: this.stage }] });
    for (const apiKey of apiKeys ?? [new apigateway.ApiKey(this, 'ApiKey')]) plan_.addApiKey(apiKey);
    return plan_;
  }

  private protect({ webAcl }: RestApiEndpointOptions): void {
    if (!webAcl) return;
    const association = new wafv2.CfnWebACLAssociation(this, 'WebAclAssociation', { resourceArn: this.stage.stageArn, webAclArn: webAcl._bind(this) });
    association.node.addDependency(this.stage);
  }

  private urlOf({ domain, vpcEndpoints }: RestApiEndpointOptions): string {
    if (domain) return mapDomain(this, domain, { apiId: this.restApi.restApiId, stageName: this.stage.stageName, stage: this.stage });
    if (!vpcEndpoints) return this.restApi.url;
    const { region, urlSuffix } = Stack.of(this);
    return `https://${this.restApi.restApiId}-${vpcEndpoints[0].vpcEndpointId}.execute-api.${region}.${urlSuffix}/${this.stage.stageName}/`;
  }
}

function plan(prefixes: readonly string[], options: RestApiEndpointOptions): EndpointPlan {
  const { stageName, vpcEndpoints, domain } = options;
  if (stageName !== undefined && !STAGE_NAME.test(stageName)) {
    throw new LazyApiError('STAGE_NAME', `stageName must be at most 128 letters, digits, "-" and "_", got "${stageName}"`);
  }
  if (vpcEndpoints?.length === 0) {
    throw new LazyApiError('VPC_ENDPOINTS', 'vpcEndpoints must name at least one VPC endpoint, got []; leave it out for a regional API');
  }
  if (vpcEndpoints && domain) {
    throw new LazyApiError('DOMAIN', 'domain is not supported beside vpcEndpoints: a domain name of a private API is a resource of its own kind; point one to url');
  }
  if (domain) checkDomain(domain);
  checkIntegrationTimeout(options);
  const { routes, frontDoor } = planEndpoint(prefixes, options, restApiKind(options.cors !== undefined));
  const cors = options.cors && resolveCors(options.cors);
  return { routes, frontDoor: { ...frontDoor, streaming: options.streaming ?? false, binaryBodies: true, cors } };
}

function throttles(routes: readonly EndpointRoute[]): { [path: string]: apigateway.MethodDeploymentOptions } {
  return Object.fromEntries(routes.filter(({ throttle }) => throttle).flatMap(({ path, throttle }) => METHODS.map((method) => [
    `${path}/${method}`.replace('//', '/'), { throttlingRateLimit: throttle?.rateLimit, throttlingBurstLimit: throttle?.burstLimit },
  ])));
}

/** What API Gateway can say of itself: it cannot choose between several origins. */
function corsHeaders({ allowOrigins, allowCredentials }: Cors): { [name: string]: string } | undefined {
  if (allowOrigins.length > 1) return undefined;
  return {
    'Access-Control-Allow-Origin': `'${allowOrigins[0]}'`,
    ...allowCredentials && { 'Access-Control-Allow-Credentials': '\'true\'' },
  };
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html */
export function restApiMetrics(apiName: string, stageName: string): ApiMetrics {
  return ApiMetrics._from({
    namespace: 'AWS/ApiGateway',
    dimensions: { ApiName: apiName, Stage: stageName },
    names: { requests: 'Count', clientErrors: '4XXError', serverErrors: '5XXError', latency: 'Latency' },
  });
}
