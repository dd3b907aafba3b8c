/**
 * Which router serves an event.
 *
 * API Gateway has authorised a route, so the route decides, exactly: the path is not even looked at. Path matching is
 * for requests that no route told apart (function URLs, `$default`, greedy routes), where one authorization holds for
 * all routers.
 */
import { CodedError } from './coded-error';
import { readPath } from './event-path';
import { ApiEvent, isHttpApiEvent } from './events';
import { parse } from './parse-prefix';
import { Route } from './route';
import { createMatcher, Matcher, splitPath } from '../routing/match';
import { routePaths } from '../routing/route-paths';

export interface Dispatched {
  readonly route: Route;
  /** The prefix of the route that API Gateway matched; none when it matched `$default`. */
  readonly matched: string | undefined;
}

export type Dispatcher = (event: ApiEvent) => Dispatched;

export function createDispatcher(routes: readonly Route[], greedyRoutes: readonly string[] = []): Dispatcher {
  const byPath = new Map(routes.flatMap((route) => routePaths(route.prefix).map((path) => [path, route])));
  const greedy = new Map(greedyRoutes.map((path) => [path, path.slice(0, path.lastIndexOf('/')) || '/']));
  let matcher: Matcher | undefined;

  return (event) => {
    const key = routeOf(event);
    const exact = byPath.get(key);
    if (exact) return { route: exact, matched: exact.prefix };
    const matched = greedy.get(key);
    // Payload format 1.0 writes `$default` like a path.
    if (!matched && !/^\/?\$default$/.test(key)) throw unknownRoute(`route "${key}"`);
    const prefix = matchPath(event, matched, (matcher ??= createMatcher(routes.map((route) => parse(route.prefix)))));
    return { route: byPath.get(prefix)!, matched };
  };
}

/** The path of the route that matched: HTTP APIs say `ANY /users`, payload format 1.0 says `/users`. */
function routeOf(event: ApiEvent): string {
  const key = (isHttpApiEvent(event) ? event.routeKey : event?.resource) ?? '';
  return key.slice(key.indexOf(' ') + 1);
}

function matchPath(event: ApiEvent, matched: string | undefined, match: Matcher): string {
  const { text, encoding, lead } = readPath(event, matched);
  const segments = splitPath(text, encoding);
  if (!segments) throw new CodedError('PATH_REFUSED', 'the path has dot segments, or is not valid percent-encoding');
  const prefix = match(segments.slice(Math.max(0, lead)));
  if (prefix === undefined) throw unknownRoute('path');
  return prefix;
}

function unknownRoute(what: string): CodedError {
  return new CodedError('ROUTE_UNKNOWN', `the event's ${what} belongs to no router`);
}
