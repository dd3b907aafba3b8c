import { Validations } from 'aws-cdk-lib';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { httpAuthorizationProblem } from './http-authorization';
import { HttpAuthorizers, RouteAuthorization } from './http-authorizers';
import { findRouteConflicts, warnAboutSimilarRoutes } from './http-route-conflicts';
import { PreflightHeaders } from '../../contract/endpoint';
import { allowApi } from '../invoke-permissions';
import { toPathId } from '../route-names';
import { EndpointKind, EndpointRoute } from '../route-plan';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const MOST_ROUTES = 300;

/**
 * Browsers send no credentials with a preflight request, so it gets an `OPTIONS` route that wants none. API Gateway answers preflight
 * requests without a route itself, but an `ANY` route takes them (https://github.com/anomalyco/sst/issues/5493).
 */
export function httpApiKind(preflight: PreflightHeaders | undefined): EndpointKind {
  return {
    limits: { most: MOST_ROUTES, unit: 'routes of an HTTP API', oneVariableChild: false },
    authorizationProblem: httpAuthorizationProblem,
    refusedRouteOptions: { apiKeyRequired: 'is not supported: HTTP APIs have no API keys; use ApiEndpoint.rest' },
    routeCost: preflight ? 2 : 1,
    preflight,
  };
}

/**
 * Routes, all with one integration and one permission. CDK would hang them on the first route, so that a router that sorts before it
 * would replace them, and would add a permission for each route, which breaks the 20 KB resource policy at about thirty.
 */
export function addHttpRoutes(
  scope: Construct,
  api: apigwv2.IHttpApi,
  target: IFunction,
  { routes, preflight }: { readonly routes: readonly EndpointRoute[]; readonly preflight: boolean },
): ReadonlyMap<EndpointRoute, apigwv2.CfnRoute> {
  allowApi(scope, target, api);
  const integration = new apigwv2.CfnIntegration(scope, 'Integration', {
    apiId: api.apiId,
    integrationType: 'AWS_PROXY',
    integrationUri: target.functionArn,
    payloadFormatVersion: '2.0',
  });
  scope.node.addValidation({
    validate: () => {
      warnAboutSimilarRoutes(api, scope);
      return findRouteConflicts(api, scope);
    },
  });
  const authorizers = new HttpAuthorizers(scope, api);
  return new Map(routes.map((route) => {
    if (preflight) acknowledgeOpen(addRoute('OPTIONS', route.path, { authorizationType: 'NONE' }));
    return [route, addRoute('ANY', route.path, authorizers.authorize(route))];
  }));

  function addRoute(method: string, path: string, authorization: RouteAuthorization): apigwv2.CfnRoute {
    return new apigwv2.CfnRoute(scope, toPathId(method, path), {
      apiId: api.apiId,
      routeKey: `${method} ${path}`,
      target: `integrations/${integration.ref}`,
      ...authorization,
    });
  }
}

/** For cdk-nag: https://github.com/cdklabs/cdk-nag */
function acknowledgeOpen(route: apigwv2.CfnRoute): void {
  Validations.of(route).acknowledge({
    id: 'AwsSolutions-APIG4',
    reason: 'A preflight request carries no credentials, and no router is behind this route: it is answered with CORS headers alone.',
  });
}
