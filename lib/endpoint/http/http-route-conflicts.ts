import { CfnRoute, IHttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { IConstruct } from 'constructs';

/** Describes the routes of a scope that another construct of the app also adds to the API. Their deployment would fail. */
export function findRouteConflicts(api: IHttpApi, scope: IConstruct): string[] {
  const constructs = api.node.root.node.findAll();
  const routes = constructs.filter((construct): construct is CfnRoute => construct instanceof CfnRoute && construct.apiId === api.apiId);
  const ours = routes.filter(({ node }) => node.scope === scope);
  const others = routes.filter(({ node }) => node.scope !== scope);
  return ours.flatMap((route) => others.filter(({ routeKey }) => routeKey === route.routeKey).map((other) => (
    `"${route.routeKey}" is a route of this function (${scope.node.path}), and the API has it already (${other.node.path}); `
    + 'give the router another prefix, or remove that route'
  )));
}
