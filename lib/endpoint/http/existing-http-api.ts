import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { httpApiMetrics, withSlash } from './http-api-endpoint';
import { addHttpRoutes, httpApiKind } from './http-routes';
import type { PreflightHeaders } from '../../contract/endpoint';
import { aBoolean, objectOf, optional } from '../../private/check';
import type { ParsedPrefix } from '../../routing/prefix';
import { ApiAuthorization } from '../api-authorization';
import type { RouteOptions } from '../api-gateway-options';
import { ApiMetrics } from '../api-metrics';
import type { EndpointPlan } from '../endpoint-plan';
import { grantRoutes } from '../grant';
import { IApiEndpoint } from '../i-api-endpoint';
import { checkedElsewhere, checkEndpointOptions, ROUTED } from '../option-checks';
import { EndpointRoute, planEndpointRoutes } from '../route-plan';
import { checkStageName } from '../stage-name';

/**
 * Options of `ApiEndpoint.fromHttpApi`.
 */
export interface ExistingHttpApiOptions {
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
   * Whether the API has a CORS configuration: then each route that wants credentials gets an `OPTIONS` route beside it that wants none, for
   * API Gateway to answer preflight requests by.
   *
   * @default false
   */
  readonly preflight?: boolean;

  /**
   * The name of the stage at which the routers are called: `$default`, or at most 128 letters, digits, `-` and `_`. It is in the URL, and
   * `grantInvoke` allows calls at this stage alone.
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

  /** What the user said of the API: checked. */
  readonly options: ExistingHttpApiOptions;

  /** The planned routes. */
  readonly routes: readonly EndpointRoute[];
}

/** Routes added to an HTTP API that exists. Its stage, logs, CORS configuration and domain stay as they are. */
export class ExistingHttpApi extends Construct implements IApiEndpoint {
  public static plan(prefixes: readonly ParsedPrefix[], api: apigwv2.IHttpApi, options: ExistingHttpApiOptions): EndpointPlan {
    checkEndpointOptions('fromHttpApi', options, OPTIONS);
    checkStageName('http', options.stageName);
    const kind = httpApiKind(options.preflight ? PREFLIGHT_OF_THE_API : undefined);
    const { routes, traits } = planEndpointRoutes(prefixes, options, {
      ...kind,
      refusedRouteOptions: { ...kind.refusedRouteOptions, throttle: 'is not supported: throttling belongs to the stage of the API, so set it there' },
    });
    return { traits, urlOutput: false, bind: (scope, target) => new ExistingHttpApi(scope, 'HttpApi', { target, api, options, routes }) };
  }

  /** The routes to the function, like `ANY /users/{proxy+}`. */
  public readonly routes: string[];

  /** What the endpoint reports to CloudWatch. */
  public readonly metrics: ApiMetrics;

  private readonly api: apigwv2.IHttpApi;
  private readonly stageName?: string;
  private readonly planned: readonly EndpointRoute[];

  private constructor(scope: Construct, id: string, props: ExistingHttpApiProps) {
    super(scope, id);
    const { target, api, options, routes } = props;
    this.api = api;
    this.stageName = options.stageName;
    this.planned = routes;
    addHttpRoutes(this, api, target, { routes, preflight: options.preflight ?? false });
    this.routes = routes.map(({ path }) => `ANY ${path}`);
    this.metrics = httpApiMetrics(api);
  }

  public get url(): string {
    const { api, stageName } = this;
    if (stageName === undefined) return withSlash(api.defaultStage?.url ?? api.apiEndpoint);
    return withSlash(stageName === DEFAULT_STAGE ? api.apiEndpoint : `${api.apiEndpoint}/${stageName}`);
  }

  public grantInvoke(grantee: iam.IGrantable): iam.Grant {
    const stage = this.stageName ?? this.api.defaultStage?.stageName ?? DEFAULT_STAGE;
    return grantRoutes(this, grantee, this.planned, (path) => this.api.arnForExecuteApi('*', path, stage));
  }
}

/** The stage of an HTTP API whose owner names no other. */
const DEFAULT_STAGE = '$default';

/** What the API's own configuration says is known to API Gateway alone. */
const PREFLIGHT_OF_THE_API: PreflightHeaders = { allowOrigins: [], headers: {} };
