import { Duration, Stack } from 'aws-cdk-lib';
import type { IRestApi } from 'aws-cdk-lib/aws-apigateway';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { integrationTimeoutOf, longerTimeout } from './rest-integrations';
import { planRestApi, RestPlan } from './rest-plan';
import { addRestRoutes } from './rest-routes';
import { findApiConflicts } from './rest-tree';
import { aBoolean, anObject, objectOf, optional } from '../../private/check';
import { LazyApiError } from '../../private/errors';
import { warn } from '../../private/warn';
import type { ParsedPrefix } from '../../routing/prefix';
import { ApiAuthorization } from '../api-authorization';
import { restApiMetrics } from '../api-gateway-metrics';
import type { ApiCorsOptions, RouteOptions } from '../api-gateway-options';
import { ApiMetrics } from '../api-metrics';
import type { EndpointPlan } from '../endpoint-plan';
import type { RoutesAtStage } from '../gateway-api';
import { grantRoutes } from '../grant';
import { IApiEndpoint } from '../i-api-endpoint';
import { checkedElsewhere, checkEndpointOptions, ROUTED } from '../option-checks';
import { toRouteKeys } from '../route-names';
import { REFUSED_BY_EXISTING_API } from '../route-plan';
import { checkStageName } from '../stage-name';
import { warnAboutTimeout } from '../timeout';

/** Options for `ApiEndpoint.fromRestApi`. */
export interface ExistingRestApiOptions {
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
   * Which web pages of other origins can call the routers. Each route gets an `OPTIONS` method that responds to preflight requests, and the routers'
   * responses get the CORS headers.
   *
   * If a resource of the API already has an `OPTIONS` method, for example from `defaultCorsPreflightOptions` of the API or a parent resource, that
   * method responds to preflight requests with its own CORS options. A warning names the first such route.
   *
   * @default - none
   */
  readonly cors?: ApiCorsOptions;

  /**
   * Whether to stream responses to clients while the function produces them.
   *
   * @default false
   */
  readonly streaming?: boolean;

  /**
   * How long API Gateway waits for the function: at least 50 milliseconds, and at most 15 minutes if responses are streamed. Without streaming, more
   * than 29 seconds requires a quota increase.
   *
   * @default - 29 seconds; 15 minutes if responses are streamed
   */
  readonly integrationTimeout?: Duration;

  /**
   * The name of the stage that callers use: at most 128 letters, digits, `-`, and `_`. The URL, the metrics, and the permissions of `grantInvoke`
   * contain it. For an imported API without `stageName`, `grantInvoke` allows calls to all stages of the API.
   *
   * @default - the stage of an API in this app; none for an imported API, which then has no URL
   */
  readonly stageName?: string;
}

const OPTIONS = objectOf<ExistingRestApiOptions>(optional({
  ...ROUTED, cors: anObject, streaming: aBoolean, integrationTimeout: checkedElsewhere, stageName: checkedElsewhere,
}));

interface ExistingRestApiProps {
  /** The function. */
  readonly target: IFunction;

  /** The existing API. */
  readonly api: IRestApi;

  /** The user's options, checked. */
  readonly options: ExistingRestApiOptions;

  /** The planned routes, with CORS. */
  readonly plan: RestPlan;
}

/** Routes that are added to an existing REST API. The API keeps its stage, logs, gateway responses, binary media types, and domain. */
export class ExistingRestApi extends Construct implements IApiEndpoint {
  /** @internal */
  public static _plan(prefixes: readonly ParsedPrefix[], api: IRestApi, options: ExistingRestApiOptions): EndpointPlan {
    checkEndpointOptions('fromRestApi', options, OPTIONS);
    checkStageName('rest', options.stageName);
    const plan = planRestApi(prefixes, options, REFUSED_BY_EXISTING_API);
    checkRoot(api);
    return {
      traits: plan.traits,
      eventSource: 'REST API',
      urlOutput: false,
      bind: (scope, target) => new ExistingRestApi(scope, 'RestApi', { target, api, options, plan }),
    };
  }

  /** The routes to the function, for example `ANY /users/{proxy+}`. */
  public readonly routes: string[];

  /** The CloudWatch metrics that the API reports. */
  public readonly metrics: ApiMetrics;

  /** The API. */
  public readonly restApi: IRestApi;

  private readonly stageName?: string;

  private readonly served: RoutesAtStage;

  private constructor(scope: Construct, id: string, props: ExistingRestApiProps) {
    super(scope, id);
    const { target, api, options, plan: { routes, cors } } = props;
    this.restApi = api;
    this.checkDeployment();
    warnAboutTimeout(target, integrationTimeoutOf(options), 'a REST API', longerTimeout(options));
    addRestRoutes(this, api, target, { ...options, routes, cors });
    this.node.addValidation({ validate: () => findApiConflicts(api, this) });
    this.stageName = options.stageName ?? stageOf(api);
    this.served = { api, stageName: this.stageName ?? '*', routes };
    this.routes = toRouteKeys(routes);
    this.metrics = restApiMetrics(api, this.stageName);
  }

  public get url(): string {
    if (this.stageName === undefined) {
      throw new LazyApiError('ENDPOINT_NONE', `${this.node.path}: there is no URL, because the stage of the imported API is unknown; `
        + 'pass stageName to ApiEndpoint.fromRestApi');
    }
    const { region, urlSuffix } = Stack.of(this.restApi);
    return `https://${this.restApi.restApiId}.execute-api.${region}.${urlSuffix}/${this.stageName}/`;
  }

  public grantInvoke(grantee: iam.IGrantable): iam.Grant {
    return grantRoutes(this, grantee, this.served);
  }

  private checkDeployment(): void {
    const { latestDeployment, node } = this.restApi;
    if (!latestDeployment) {
      warn(
        this,
        'redeploy',
        'the API is imported, or has deploy: false, so the routes work only after its next deployment to a stage; '
        + 'deploy it whenever the routers change',
      );
    } else if (Stack.of(this.restApi) !== Stack.of(this)) {
      throw new LazyApiError('REST_API', `the API (${node.path}) deploys itself in its own stack, which would depend on the routes in this stack, `
        + 'while they depend on the API; put both into one stack, or import the API here '
        + 'with RestApi.fromRestApiAttributes and deploy it after this stack');
    }
  }
}

/** The getter throws an error for an API that is imported only by its ID. */
function checkRoot(api: IRestApi): void {
  try {
    void api.root;
  } catch (cause) {
    throw new LazyApiError('REST_API', `the API (${api.node.path}) must have a known root resource to add routes to; `
      + 'import it with RestApi.fromRestApiAttributes and its rootResourceId', { cause });
  }
}

function stageOf(api: IRestApi): string | undefined {
  // CDK declares the property on every API, but an imported API has none.
  const stage: { readonly stageName: string } | undefined = api.deploymentStage;
  return stage?.stageName;
}
