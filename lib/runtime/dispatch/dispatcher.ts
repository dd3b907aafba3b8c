/**
 * Decides which router serves an event.
 *
 * API Gateway has authorized a route, so the route alone decides, and the path is not read. Path matching is for requests whose route does not
 * determine the router: those of function URLs and `$default`, where one authorization applies to all routers, and those of greedy routes, where one
 * applies to the routers behind the route.
 */
import { readPath } from './event-path';
import { ApiEvent, isHttpApiEvent } from '../events';
import type { LazyRouter } from './lazy-router';
import { EndpointTraits } from '../../contract/endpoint';
import { createMatcher, Matcher, splitPath } from '../../routing/match';
import { routePaths } from '../../routing/route-paths';
import { CodedError } from '../failures/coded-error';

export interface Dispatched {
  readonly router: LazyRouter;
  /** The prefix of the route that API Gateway matched. Undefined if it matched `$default`. */
  readonly matched: string | undefined;
}

export type Dispatcher = (event: ApiEvent) => Dispatched;

const DEFAULT_ROUTE = '$default';

export function createDispatcher(routers: readonly LazyRouter[], greedyRoutes: EndpointTraits['greedyRoutes'] = {}): Dispatcher {
  const byPath = new Map<string | undefined, LazyRouter>(routers.flatMap((router) => routePaths(router.prefix).map((path) => [path, router])));
  // A greedy route takes precedence over a router's own route with the same path, because it serves that router and others.
  const byMatching = new Map([...Object.entries(greedyRoutes), [DEFAULT_ROUTE, routers.map(({ prefix }) => prefix)] as const]);
  const matchers = new Map<string, Matcher>();

  return (event) => {
    const key = routeOf(event);
    const own = byMatching.has(key) ? undefined : byPath.get(key);
    if (own) return { router: own, matched: own.prefix };
    // Payload format 1.0 writes `$default` like a path.
    const path = key === `/${DEFAULT_ROUTE}` ? DEFAULT_ROUTE : key;
    const matched = path === DEFAULT_ROUTE ? undefined : path.slice(0, path.lastIndexOf('/')) || '/';
    const prefixes = byMatching.get(path);
    let match = matchers.get(path);
    if (!match && prefixes) matchers.set(path, match = createMatcher(prefixes));
    const router = match && byPath.get(matchPath(event, matched, match));
    if (!router) throw new CodedError('ROUTE_UNKNOWN', `no router serves the event's path at route "${key}"`);
    return { router, matched };
  };
}

/** The path of the route that matched: HTTP APIs say `ANY /users`, payload format 1.0 says `/users`. */
function routeOf(event: ApiEvent): string {
  const key = (isHttpApiEvent(event) ? event.routeKey : event?.resource) ?? '';
  return key.slice(key.indexOf(' ') + 1);
}

function matchPath(event: ApiEvent, matched: string | undefined, match: Matcher): string | undefined {
  const { text, encoding, lead } = readPath(event, matched);
  const segments = splitPath(text, encoding);
  if (!segments) throw new CodedError('PATH_REFUSED', 'the path has dot segments, or is not valid percent-encoding');
  return match(segments.slice(Math.max(0, lead)));
}
