import type { TestEndpoint } from './test-endpoint';
import { MatchedRoute } from '../gateway/event-context';
import { HttpRequest } from '../gateway/http-message';
import { parseTarget } from '../gateway/request-target';
import { matchRoute } from '../local/endpoint/match-route';
import { createMatcher, splitPath } from '../routing/match';
import { routePaths } from '../routing/route-paths';

/** Where a request goes. */
export interface Routed {
  /** The prefix of the router. Undefined if none serves the path. Then the function itself responds. */
  readonly prefix?: string;
  /** The route of the API. Undefined for a function URL. */
  readonly route?: MatchedRoute;
}

/** Returns undefined for a request that does not reach the function. */
export type FindRoute = (request: HttpRequest) => Routed | undefined;

/** An API has two routes for each router. A function URL has none, and the path decides. */
export function createRoutes(prefixes: readonly string[], { noRoute, decodes }: TestEndpoint): FindRoute {
  if (!noRoute) {
    const match = createMatcher(prefixes);
    return ({ target }) => ({ prefix: match(splitPath(parseTarget(target).path, 'encoded') ?? []) });
  }
  const routes = prefixes.flatMap((prefix) => routePaths(prefix).map((path) => (
    { prefix, method: 'ANY', path, authorization: { kind: 'none' }, apiKeyRequired: false } as const
  )));
  return ({ method, target }) => {
    const match = matchRoute(routes, method, parseTarget(target).path, decodes);
    if (!match) return undefined;
    const { path } = match.route;
    const { prefix } = routes.find((route) => route.path === path)!;
    return { prefix, route: { method: 'ANY', path, parameters: match.parameters } };
  };
}
