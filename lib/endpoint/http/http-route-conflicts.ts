import { CfnRoute, IHttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { IConstruct } from 'constructs';
import { warn } from '../../private/warn';

/** Describes the routes of a scope that another construct of the app also adds to the API. Their deployment would fail. */
export function findRouteConflicts(api: IHttpApi, scope: IConstruct): string[] {
  return pairsOfRoutes(api, scope).filter(([route, other]) => other.routeKey === route.routeKey).map(([route, other]) => (
    `"${route.routeKey}" is a route of this function (${scope.node.path}), but the API already has it (${other.node.path}); `
    + 'give the router another prefix, or remove that route'
  ));
}

/** Warns about the first route of a scope that differs from another route of the API only in the names of path variables. */
export function warnAboutSimilarRoutes(api: IHttpApi, scope: IConstruct): void {
  const pair = pairsOfRoutes(api, scope).find(([{ routeKey }, other]) => (
    routeKey !== other.routeKey && withoutNames(routeKey) === withoutNames(other.routeKey)
  ));
  if (!pair) return;
  const [route, other] = pair;
  warn(
    scope,
    'similarRoutes',
    `"${route.routeKey}" is a route of this function, but the API has "${other.routeKey}" (${other.node.path}), which matches the same paths; `
    + 'API Gateway may refuse one of them at deployment; give the router another prefix, or remove that route',
  );
}

/** Each route of the scope, paired with each other route of the API. */
function pairsOfRoutes(api: IHttpApi, scope: IConstruct): Array<[ours: CfnRoute, other: CfnRoute]> {
  const constructs = api.node.root.node.findAll();
  const routes = constructs.filter((construct): construct is CfnRoute => construct instanceof CfnRoute && construct.apiId === api.apiId);
  const others = routes.filter(({ node }) => node.scope !== scope);
  return routes.filter(({ node }) => node.scope === scope).flatMap((route) => others.map((other): [CfnRoute, CfnRoute] => [route, other]));
}

/** `ANY /a/{id}/{proxy+}` becomes `ANY /a/{}/{+}`. */
function withoutNames(routeKey: string): string {
  return routeKey.replace(/\{[^{}+]*(\+?)\}/g, '{$1}');
}
