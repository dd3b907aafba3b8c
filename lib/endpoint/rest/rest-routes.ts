import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct, IConstruct } from 'constructs';
import { mockPreflight } from './mock-preflight';
import { OPEN, RestAuthorizers } from './rest-authorizers';
import { IntegrationSettings, lambdaIntegration } from './rest-integrations';
import { LazyApiError } from '../../private/errors';
import { warn } from '../../private/warn';
import { Cors } from '../cors';
import { allowApi } from '../invoke-permissions';
import { toPathId } from '../route-names';
import type { EndpointRoute } from '../route-plan';

export interface RestRoutes extends IntegrationSettings {
  readonly routes: readonly EndpointRoute[];
  readonly cors?: Cors;
  /** Whether a route requires an API key by default. */
  readonly apiKeyRequired?: boolean;
}

/** Adds resources and methods that share one integration and one permission. Their construct IDs do not depend on other routers. */
export function addRestRoutes(scope: Construct, api: apigateway.IRestApi, target: IFunction, options: RestRoutes): void {
  allowApi(scope, target, api);
  const integration = lambdaIntegration(target, options);
  const requestValidator = new apigateway.RequestValidator(scope, 'Validator', {
    restApi: api, validateRequestBody: true, validateRequestParameters: true,
  });
  const authorizers = new RestAuthorizers(scope, api);
  const answer = options.cors && mockPreflight(options.cors);
  const others: OwnPreflight[] = [];

  for (const route of options.routes) {
    const { path, apiKeyRequired } = route;
    const resource = resourceAt(scope, api.root, path);
    const wanted = { ...authorizers.authorize(route), apiKeyRequired: apiKeyRequired ?? options.apiKeyRequired, requestValidator };
    addMethod(scope, { resource, httpMethod: 'ANY', integration, options: { ...wanted, methodResponses: [] } });
    if (!answer) continue;
    // Resources of an API with default CORS options include an OPTIONS method.
    const other = resource.node.tryFindChild('OPTIONS');
    if (other) {
      others.push({ path, method: other });
    } else {
      const open = { ...OPEN, apiKeyRequired: false, requestValidator, methodResponses: answer.methodResponses };
      addMethod(scope, { resource, httpMethod: 'OPTIONS', integration: answer.integration, options: open });
    }
  }
  warnAboutPreflight(scope, others);
}

/** A route whose preflight requests the API itself responds to. */
interface OwnPreflight {
  readonly path: string;
  readonly method: IConstruct;
}

function warnAboutPreflight(scope: Construct, [first, ...others]: readonly OwnPreflight[]): void {
  if (!first) return;
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  warn(
    scope,
    'corsOfTheApi',
    `cors does not apply to preflight requests of "${first.path}"${more}: the API already has an OPTIONS method for them `
    + `(${first.method.node.path}); give the API the same CORS options, or remove its defaultCorsPreflightOptions from the resource and its parents`,
  );
}

/**
 * CDK applies the default method options of an existing API to everything that a method leaves out. This function removes them, so that a route has
 * only the authorization that this construct declares. Only `apiKeyRequired` keeps the API's default.
 */
function addMethod(scope: Construct, props: apigateway.MethodProps): void {
  const method = new apigateway.Method(scope, toPathId(props.httpMethod, props.resource.path), props);
  const own: Partial<apigateway.CfnMethodProps> = {
    authorizationScopes: props.options?.authorizationScopes,
    operationName: undefined,
    requestModels: undefined,
    requestParameters: undefined,
  };
  Object.assign(method.node.defaultChild as apigateway.CfnMethod, own);
}

/** Returns the resource of a path. It uses the resources that the API already has, and creates the missing ones in the scope. */
function resourceAt(scope: Construct, root: apigateway.IResource, path: string): apigateway.IResource {
  const parts = path.split('/').filter((part) => part !== '');
  if (parts.includes('__proto__')) {
    throw new LazyApiError('PREFIX_INVALID', 'the prefix of a router of a REST API must not contain the segment "__proto__", '
      + `which CDK cannot create, got "${path}"; `
      + 'choose another name, or use ApiEndpoint.http()');
  }
  return parts.reduce((parent, pathPart) => childOf(parent, pathPart)
    ?? new apigateway.Resource(scope, toPathId('Resource', `${parent.path === '/' ? '' : parent.path}/${pathPart}`), { parent, pathPart }), root);
}

/** CDK also finds inherited members of objects, like `constructor` and `toString`. */
function childOf(parent: apigateway.IResource, pathPart: string): apigateway.IResource | undefined {
  const found = parent.getResource(pathPart);
  return found && 'resourceId' in found ? found : undefined;
}
