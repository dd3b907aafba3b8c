import { Duration } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { httpApiKind } from './http-api-kind';
import { addHttpRoutes } from './http-routes';
import { withSlash } from './with-slash';
import { objectOf, optional } from '../../private/check';
import type { ParsedPrefix } from '../../routing/prefix';
import { accessLogGroup, HTTP_ACCESS_LOG } from '../access-log';
import { httpApiMetrics } from '../api-gateway-metrics';
import type { ApiGatewayEndpointOptions } from '../api-gateway-options';
import { ApiMetrics } from '../api-metrics';
import { API_NAME_MAX_LENGTH, uniqueApiName } from '../api-name';
import { Cors, preflightHeaders, resolveCors } from '../cors';
import { HTTP_CORS } from '../cors-checks';
import { checkDomain, isExecuteApiDisabled, mapDomain } from '../custom-domain';
import { describeRouters } from '../describe-routers';
import type { EndpointPlan } from '../endpoint-plan';
import type { RoutesAtStage } from '../gateway-api';
import { grantApi } from '../grant';
import { IApiEndpoint } from '../i-api-endpoint';
import { checkedElsewhere, checkEndpointOptions, gatewayChecks } from '../option-checks';
import { toRouteKeys } from '../route-names';
import { EndpointRoute, planEndpointRoutes } from '../route-plan';
import { checkStageName } from '../stage-name';
import { warnAboutTimeout } from '../timeout';

/** The quota cannot be raised: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const INTEGRATION_TIMEOUT = Duration.seconds(30);

const SHORTER_TIMEOUT = `set timeout to ${INTEGRATION_TIMEOUT.toSeconds() - 1} seconds or less, or use ApiEndpoint.functionUrl`;

/** Options for `ApiEndpoint.http`. */
export interface HttpApiEndpointOptions extends ApiGatewayEndpointOptions {
  /**
   * The name of the API's stage: at most 128 letters, digits, `-`, and `_`. A name other than `$default` is the first segment of the URL's path.
   *
   * @default "$default"
   */
  readonly stageName?: string;
}

const OPTIONS = objectOf<HttpApiEndpointOptions>({ ...gatewayChecks(API_NAME_MAX_LENGTH), ...optional({ stageName: checkedElsewhere }) });

interface HttpApiEndpointProps {
  /** The function. */
  readonly target: IFunction;

  /** The user's options, checked. */
  readonly options: HttpApiEndpointOptions;

  /** The description of the API. */
  readonly description: string;

  /** The planned routes. */
  readonly routes: readonly EndpointRoute[];

  /** The CORS configuration, if any. */
  readonly cors: Cors | undefined;
}

/** An HTTP API in front of a LazyApiFunction with two routes for each router, created by `ApiEndpoint.http`. */
export class HttpApiEndpoint extends Construct implements IApiEndpoint {
  /** @internal */
  public static _plan(prefixes: readonly ParsedPrefix[], options: HttpApiEndpointOptions): EndpointPlan {
    checkEndpointOptions('http', options, OPTIONS);
    checkStageName('http', options.stageName);
    if (options.domain) checkDomain(options.domain);
    const cors = options.cors && resolveCors(options.cors, HTTP_CORS);
    const { routes, traits } = planEndpointRoutes(prefixes, options, httpApiKind(cors && preflightHeaders(cors)));
    const description = options.description ?? describeRouters(prefixes);
    return {
      traits,
      eventSource: 'HTTP API',
      urlOutput: true,
      bind: (scope, target) => new HttpApiEndpoint(scope, 'HttpApi', { target, options, description, routes, cors }),
    };
  }

  /** The HTTP API. */
  public readonly httpApi: apigwv2.HttpApi;

  /** The stage of the API. */
  public readonly stage: apigwv2.HttpStage;

  /** The log group of the access logs. API Gateway writes one JSON line for each request. */
  public readonly accessLogGroup: logs.ILogGroup;

  /** The base URL of all routers' prefixes, with a trailing slash. */
  public readonly url: string;

  /** The routes to the function, for example `ANY /users/{proxy+}`. */
  public readonly routes: string[];

  /** The CloudWatch metrics that the endpoint reports. */
  public readonly metrics: ApiMetrics;

  private readonly served: RoutesAtStage;

  private constructor(scope: Construct, id: string, props: HttpApiEndpointProps) {
    super(scope, id);
    const { target, options, description, routes, cors } = props;
    this.httpApi = this.createApi(options, description, cors);
    this.accessLogGroup = accessLogGroup(this, options.accessLogGroup);
    this.stage = new apigwv2.HttpStage(this, 'Stage', {
      httpApi: this.httpApi,
      stageName: options.stageName,
      autoDeploy: true,
      throttle: options.throttle,
      accessLogSettings: {
        destination: new apigwv2.LogGroupLogDestination(this.accessLogGroup),
        format: AccessLogFormat.custom(HTTP_ACCESS_LOG),
      },
    });
    warnAboutTimeout(target, INTEGRATION_TIMEOUT, 'an HTTP API', SHORTER_TIMEOUT);
    this.throttleRoutes(addHttpRoutes(this, this.httpApi, target, { routes, preflight: cors !== undefined }));
    const { apiId } = this.httpApi;
    const { stageName } = this.stage;
    this.routes = toRouteKeys(routes);
    this.served = { api: this.httpApi, stageName, routes };
    this.url = mapDomain(this, options.domain, { apiId, stageName, stage: this.stage, url: withSlash(this.stage.url) });
    this.metrics = httpApiMetrics(this.httpApi);
  }

  public grantInvoke(grantee: iam.IGrantable): iam.Grant {
    return grantApi(this, grantee, this.served);
  }

  private createApi(options: HttpApiEndpointOptions, description: string, cors: Cors | undefined): apigwv2.HttpApi {
    return new apigwv2.HttpApi(this, 'Api', {
      apiName: options.apiName ?? uniqueApiName(this),
      description,
      createDefaultStage: false,
      disableExecuteApiEndpoint: isExecuteApiDisabled(options.domain) || undefined,
      corsPreflight: cors && toCorsPreflight(cors),
    });
  }

  /** Deployment rejects settings for routes that do not exist yet. */
  private throttleRoutes(routes: ReturnType<typeof addHttpRoutes>): void {
    const throttled = [...routes].filter(([{ throttle }]) => throttle !== undefined);
    if (throttled.length === 0) return;
    const stage = this.stage.node.defaultChild as apigwv2.CfnStage;
    stage.routeSettings = Object.fromEntries(throttled.map(([{ path, throttle }]) => [
      `ANY ${path}`, { ThrottlingRateLimit: throttle?.rateLimit, ThrottlingBurstLimit: throttle?.burstLimit },
    ]));
    throttled.forEach(([, route]) => stage.node.addDependency(route));
  }
}

function toCorsPreflight(cors: Cors): apigwv2.CorsPreflightOptions {
  return {
    allowOrigins: [...cors.allowOrigins],
    allowMethods: cors.allowMethods.map((method) => method as apigwv2.CorsHttpMethod),
    allowHeaders: [...cors.allowHeaders],
    exposeHeaders: cors.exposeHeaders.length > 0 ? [...cors.exposeHeaders] : undefined,
    allowCredentials: cors.allowCredentials || undefined,
    maxAge: cors.maxAgeSeconds === undefined ? undefined : Duration.seconds(cors.maxAgeSeconds),
  };
}
