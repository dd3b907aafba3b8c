import { Validations } from 'aws-cdk-lib';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { HttpAuthorizers, RouteAuthorization } from './http-authorizers';
import { findRouteConflicts, warnAboutSimilarRoutes } from './http-route-conflicts';
import { allowApi } from '../invoke-permissions';
import { toPathId } from '../route-names';
import type { EndpointRoute } from '../route-plan';

/**
 * Adds routes that share one integration and one permission. CDK would attach them to the first route, so a router that sorts before it would replace
 * them. CDK would also add a permission for each route, which exceeds the 20 KB limit of the resource policy at about thirty routes.
 */
export function addHttpRoutes(
  scope: Construct,
  api: apigwv2.IHttpApi,
  target: IFunction,
  { routes, preflight }: { readonly routes: readonly EndpointRoute[]; readonly preflight: boolean },
): ReadonlyMap<EndpointRoute, apigwv2.CfnRoute> {
  allowApi(scope, target, api);
  const integration = createIntegration(scope, api, target);
  addRouteValidation(scope, api);
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

function createIntegration(scope: Construct, { apiId }: apigwv2.IHttpApi, target: IFunction): apigwv2.CfnIntegration {
  return new apigwv2.CfnIntegration(scope, 'Integration', {
    apiId,
    integrationType: 'AWS_PROXY',
    integrationUri: target.functionArn,
    payloadFormatVersion: '2.0',
  });
}

function addRouteValidation(scope: Construct, api: apigwv2.IHttpApi): void {
  scope.node.addValidation({
    validate: () => {
      warnAboutSimilarRoutes(api, scope);
      return findRouteConflicts(api, scope);
    },
  });
}

/** For cdk-nag: https://github.com/cdklabs/cdk-nag */
function acknowledgeOpen(route: apigwv2.CfnRoute): void {
  Validations.of(route).acknowledge({
    id: 'AwsSolutions-APIG4',
    reason: 'Preflight requests carry no credentials. This route has no router and returns only CORS headers.',
  });
}
