import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { httpApiKind } from './http-api-kind';
import { addHttpRoutes } from './http-routes';
import { withSlash } from './with-slash';
import type { PreflightHeaders } from '../../contract/endpoint';
import { aBoolean, objectOf, optional } from '../../private/check';
import type { ParsedPrefix } from '../../routing/prefix';
import { ApiAuthorization } from '../api-authorization';
import { httpApiMetrics } from '../api-gateway-metrics';
import type { RouteOptions } from '../api-gateway-options';
import { ApiMetrics } from '../api-metrics';
import type { EndpointPlan } from '../endpoint-plan';
import type { RoutesAtStage } from '../gateway-api';
import { grantRoutes } from '../grant';
import { IApiEndpoint } from '../i-api-endpoint';
import { checkedElsewhere, checkEndpointOptions, ROUTED } from '../option-checks';
import { toRouteKeys } from '../route-names';
import { EndpointRoute, planEndpointRoutes, REFUSED_BY_EXISTING_API } from '../route-plan';
import { checkStageName } from '../stage-name';

/** Options for `ApiEndpoint.fromHttpApi`. */
export interface ExistingHttpApiOptions {
  /**
   * Who can call the routers.
   *
   * @default ApiAuthorization.iam()
   */
  readonly authorization?: ApiAuthorization;

  /**
   * Options for single routers, by path prefix.
   *
   * @default - all routers use the endpoint's options
   */
  readonly routes?: { [prefix: string]: RouteOptions };

  /**
   * Whether the API has a CORS configuration. If this is true, each route that requires credentials gets an additional `OPTIONS` route that requires
   * none. API Gateway uses it to respond to preflight requests.
   *
   * @default false
   */
  readonly preflight?: boolean;

  /**
   * The name of the stage that callers use: `$default`, or at most 128 letters, digits, `-`, and `_`. It is part of the URL, and `grantInvoke` allows
   * calls only to this stage.
   *
   * @default - the default stage of an API in this app; `$default` for an imported API
   */
  readonly stageName?: string;
}

const OPTIONS = objectOf<ExistingHttpApiOptions>(optional({ ...ROUTED, preflight: aBoolean, stageName: checkedElsewhere }));

interface ExistingHttpApiProps {
  /** The function. */
  readonly target: IFunction;

  /** The API. */
  readonly api: apigwv2.IHttpApi;

  /** The user's options, checked. */
  readonly options: ExistingHttpApiOptions;

  /** The planned routes. */
  readonly routes: readonly EndpointRoute[];
}

/** Routes that are added to an existing HTTP API. The API keeps its stage, logs, CORS configuration, and domain. */
export class ExistingHttpApi extends Construct implements IApiEndpoint {
  /** @internal */
  public static _plan(prefixes: readonly ParsedPrefix[], api: apigwv2.IHttpApi, options: ExistingHttpApiOptions): EndpointPlan {
    checkEndpointOptions('fromHttpApi', options, OPTIONS);
    checkStageName('http', options.stageName);
    const kind = httpApiKind(options.preflight ? PREFLIGHT_OF_THE_API : undefined);
    const refusedRouteOptions = { ...kind.refusedRouteOptions, ...REFUSED_BY_EXISTING_API };
    const { routes, traits } = planEndpointRoutes(prefixes, options, { ...kind, refusedRouteOptions });
    return {
      traits,
      eventSource: 'HTTP API',
      urlOutput: false,
      bind: (scope, target) => new ExistingHttpApi(scope, 'HttpApi', { target, api, options, routes }),
    };
  }

  /** The routes to the function, for example `ANY /users/{proxy+}`. */
  public readonly routes: string[];

  /** The CloudWatch metrics that the endpoint reports. */
  public readonly metrics: ApiMetrics;

  /** The API. */
  public readonly httpApi: apigwv2.IHttpApi;

  private readonly stageName?: string;

  private readonly served: RoutesAtStage;

  private constructor(scope: Construct, id: string, props: ExistingHttpApiProps) {
    super(scope, id);
    const { target, api, options, routes } = props;
    this.httpApi = api;
    this.stageName = options.stageName;
    this.served = { api, stageName: options.stageName ?? api.defaultStage?.stageName ?? DEFAULT_STAGE, routes };
    addHttpRoutes(this, api, target, { routes, preflight: options.preflight ?? false });
    this.routes = toRouteKeys(routes);
    this.metrics = httpApiMetrics(api);
  }

  public get url(): string {
    const { httpApi: api, stageName } = this;
    if (stageName === undefined) return withSlash(api.defaultStage?.url ?? api.apiEndpoint);
    return withSlash(stageName === DEFAULT_STAGE ? api.apiEndpoint : `${api.apiEndpoint}/${stageName}`);
  }

  public grantInvoke(grantee: iam.IGrantable): iam.Grant {
    return grantRoutes(this, grantee, this.served);
  }
}

/** The stage of an HTTP API, unless its owner names another one. */
const DEFAULT_STAGE = '$default';

/** Only API Gateway knows the API's own CORS configuration. */
const PREFLIGHT_OF_THE_API: PreflightHeaders = { allowOrigins: [], headers: {} };
