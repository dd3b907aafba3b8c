import { LocalAuthorization, LocalEndpoint } from './local-endpoint';
import { matchRoute, RouteMatch } from './match-route';
import { ownAnswer } from './own-answer';
import { withoutStage } from './without-stage';
import { EndpointTraits } from '../../contract/endpoint';
import { parseTarget } from '../../gateway/request-target';
import { createMatcher, splitPath } from '../../routing/match';
import { greedyPath } from '../../routing/route-paths';

/** The route that the API matches for a request, and the router that serves it. */
export interface FoundRouter {
  /** Undefined if no route matches, and for a function URL, which has no routes. */
  readonly match?: RouteMatch;
  /** Undefined if no router serves the path, or if the endpoint itself responds. */
  readonly prefix?: string;
  readonly authorization: LocalAuthorization;
  /** The reason, as text for the user. */
  readonly reason: string;
}

/** The API to search. */
export interface RoutedApi {
  readonly endpoint: LocalEndpoint;
  readonly prefixes: readonly string[];
  readonly greedyRoutes: EndpointTraits['greedyRoutes'];
}

/** Finds the router that a request reaches. */
export function findRouter(api: RoutedApi, method: string, target: string): FoundRouter {
  const { endpoint, prefixes } = api;
  const { path } = parseTarget(withoutStage(endpoint, target));
  if (endpoint.kind === 'function-url' || endpoint.kind === 'none') return byPath(endpoint, path, prefixes);
  const match = routeFor(endpoint, method, path);
  if (!match) {
    const { status } = ownAnswer(endpoint, 'notFound');
    return { authorization: endpoint.authorization, reason: `no route matches: the API itself responds with ${status}` };
  }
  const { route } = match;
  if (route.answer) return { match, authorization: route.authorization, reason: `the API itself responds with ${route.answer.status}` };
  const candidates = routersBehind(api, route.path);
  const prefix = createMatcher(candidates)(splitPath(path, 'encoded') ?? []);
  return { match, prefix, authorization: route.authorization, reason: reasonOf(candidates, prefix) };
}

/** The route that the API matches. An HTTP API compares decoded paths. */
export function routeFor({ kind, routes }: LocalEndpoint, method: string, path: string): RouteMatch | undefined {
  return matchRoute(routes, method, path, kind === 'http-api');
}

function byPath({ kind, authorization }: LocalEndpoint, path: string, prefixes: readonly string[]): FoundRouter {
  const prefix = createMatcher(prefixes)(splitPath(path, 'encoded') ?? []);
  const all = `${kind === 'none' ? 'there is no endpoint' : 'a function URL passes on every request'}, so the path determines the router`;
  return { prefix, authorization, reason: prefix === undefined ? `${all}: no router serves it, so the function responds with 404` : all };
}

/** The prefixes of the routers behind a route. */
export function routersBehind({ prefixes, greedyRoutes }: RoutedApi, route: string): readonly string[] {
  if (Object.hasOwn(greedyRoutes, route)) return greedyRoutes[route];
  const own = prefixes.filter((prefix) => prefix === route || greedyPath(prefix) === route);
  return own.length > 0 ? own : prefixes;
}

function reasonOf(candidates: readonly string[], prefix: string | undefined): string {
  if (prefix === undefined) return `the route is for ${candidates.join(', ')}, and none of them serves the path, so the function responds with 404`;
  if (candidates.length === 1) return 'the route belongs to this router alone';
  return `the route is for ${candidates.length} routers, so the path determines the router`;
}
