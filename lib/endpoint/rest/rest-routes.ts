import { Duration } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { refuseAuthorization, RestAuthorizers } from './rest-authorizers';
import { LazyApiError } from '../../private/errors';
import { Cors } from '../cors';
import { EndpointKind, EndpointRoute } from '../endpoint-plan';

/** Of the 500 resources of a template, what the routes may take: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const MOST_TEMPLATE_RESOURCES = 400;

/** How long API Gateway waits, unless the quota is raised: https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const INTEGRATION_TIMEOUT = Duration.seconds(29);

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html */
const STREAM_TIMEOUT = Duration.minutes(15);

export interface IntegrationOptions {
  readonly streaming?: boolean;
  readonly integrationTimeout?: Duration;
}

/** Each route is a resource with a method, and with CORS a second one. */
export function restApiKind(cors: boolean): EndpointKind {
  return {
    limits: { most: MOST_TEMPLATE_RESOURCES, unit: 'resources of the template, which holds 500 with all else', oneVariableChild: true },
    refuseAuthorization,
    refusedRouteOptions: {},
    routeCost: cors ? 3 : 2,
    preflight: false,
  };
}

export function integrationTimeout({ streaming, integrationTimeout: given }: IntegrationOptions): Duration {
  return given ?? (streaming ? STREAM_TIMEOUT : INTEGRATION_TIMEOUT);
}

export function checkIntegrationTimeout({ streaming, integrationTimeout: given }: IntegrationOptions): void {
  if (streaming && given && given.toMilliseconds() > STREAM_TIMEOUT.toMilliseconds()) {
    throw new LazyApiError('INTEGRATION_TIMEOUT', `integrationTimeout must be at most ${STREAM_TIMEOUT.toMinutes()} minutes for streamed answers, got ${given.toSeconds()} seconds`);
  }
}

export interface RestRoutes extends IntegrationOptions {
  readonly routes: readonly EndpointRoute[];
  readonly cors?: Cors;
  readonly apiKeyRequired: boolean;
  readonly requestValidator?: apigateway.IRequestValidator;
}

/** Resources and methods below the root of an API, all with one integration and one permission. */
export function addRestRoutes(scope: Construct, api: apigateway.IRestApi, target: IFunction, options: RestRoutes): void {
  const { streaming, cors, requestValidator } = options;
  const integration = new apigateway.LambdaIntegration(target, {
    // One permission for the whole API: one for each method breaks the 20 KB resource policy at about thirty.
    scopePermissionToMethod: false,
    timeout: integrationTimeout(options),
    responseTransferMode: streaming ? apigateway.ResponseTransferMode.STREAM : undefined,
  });
  const authorizers = new RestAuthorizers(scope);
  for (const { path, authorization, apiKeyRequired = options.apiKeyRequired } of options.routes) {
    refuseTaken(api, path);
    const resource = api.root.resourceForPath(path);
    resource.addMethod('ANY', integration, { ...authorizers.authorize(authorization), apiKeyRequired: apiKeyRequired || undefined, requestValidator });
    if (cors) addPreflight(resource, cors);
  }
}

/** API Gateway answers it, without authorization. */
function addPreflight(resource: apigateway.IResource, cors: Cors): void {
  const method = resource.addCorsPreflight({
    allowOrigins: [...cors.allowOrigins],
    allowMethods: [...cors.allowMethods],
    allowHeaders: [...cors.allowHeaders],
    exposeHeaders: cors.exposeHeaders.length > 0 ? [...cors.exposeHeaders] : undefined,
    allowCredentials: cors.allowCredentials || undefined,
    maxAge: cors.maxAgeSeconds === undefined ? undefined : Duration.seconds(cors.maxAgeSeconds),
  });
  // The mock reads its request as a template, which fails for a binary one: and with the binary media type */* every request is.
  (method.node.defaultChild as apigateway.CfnMethod).addPropertyOverride('Integration.ContentHandling', 'CONVERT_TO_TEXT');
}

/** What an API that exists has already: the route, or another variable child beside one of the route's. */
function refuseTaken(api: apigateway.IRestApi, path: string): void {
  let resource: apigateway.IResource | undefined = api.root;
  for (const part of path.split('/').filter(Boolean)) {
    const other = part.startsWith('{') ? variableChild(resource) : undefined;
    if (other !== undefined && other !== part) {
      throw new LazyApiError(
        'ROUTE_TAKEN',
        `route "${path}": a REST API allows one variable child below "${resource.path}", and the API has "${other}" there; change the prefix, or use ApiEndpoint.rest`,
      );
    }
    resource = resource.getResource(part);
    if (!resource) return;
  }
  const taken = ['ANY', 'OPTIONS'].find((method) => resource.node.tryFindChild(method));
  if (taken) throw new LazyApiError('ROUTE_TAKEN', `route "${path}": the API has a method ${taken} there already; change the prefix, or use ApiEndpoint.rest`);
}

function variableChild(resource: apigateway.IResource): string | undefined {
  return resource.node.children.map(({ node }) => node.id).find((id) => /^\{.*\}$/.test(id));
}
