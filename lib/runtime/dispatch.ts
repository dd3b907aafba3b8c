/**
 * Which router serves an event.
 *
 * API Gateway has authorised a route, so the route decides, exactly: the path is not even looked at. Path matching is
 * for requests that no route told apart (function URLs, `$default`, greedy routes), where one authorization holds for
 * all routers.
 */
import { CodedError } from './coded-error';
import { countLead, readPath } from './event-path';
import { ApiEvent, isHttpApiEvent } from './events';
import { LazyRoute, LazyRouteTable } from '../contract/entry';
import { createMatcher, Matcher, splitPath } from '../routing/match';
import { ParsedPrefix } from '../routing/prefix';
import { routePaths } from '../routing/route-paths';

/** A table's route with its prefix parsed. */
export interface Route extends LazyRoute {
  readonly parsed: ParsedPrefix;
}

export interface Dispatched {
  readonly route: Route;
  /** The prefix of the route that API Gateway matched; none when it matched `$default`. */
  readonly matched: ParsedPrefix | undefined;
}

export type Dispatcher = (event: ApiEvent) => Dispatched;

export function toRoutes(table: LazyRouteTable): Route[] {
  return table.routes.map((route) => ({ ...route, parsed: parse(route.prefix) }));
}

export function createDispatcher(routes: readonly Route[], greedyRoutes: readonly string[] = []): Dispatcher {
  const byPath = new Map(routes.flatMap((route) => routePaths(route.prefix).map((path) => [path, route])));
  const greedy = new Map(greedyRoutes.map((path) => [path, parse(path.slice(0, path.lastIndexOf('/')) || '/')]));
  let matcher: Matcher | undefined;

  return (event) => {
    const key = routeOf(event);
    const exact = byPath.get(key);
    if (exact) return { route: exact, matched: exact.parsed };
    const matched = greedy.get(key);
    if (!matched && !isDefault(key)) throw unknownRoute(`the event's route ${JSON.stringify(key)} belongs to no router`);
    const prefix = matchPath(event, matched, (matcher ??= createMatcher(routes.map(({ parsed }) => parsed))));
    return { route: byPath.get(prefix)!, matched };
  };
}

/** The path of the route that matched: HTTP APIs say `ANY /users`, payload format 1.0 says `/users`. */
function routeOf(event: ApiEvent): string {
  const key = (isHttpApiEvent(event) ? event.routeKey : event?.resource) ?? '';
  return key.slice(key.indexOf(' ') + 1);
}

/** Payload format 1.0 writes it like a path. */
function isDefault(key: string): boolean {
  return key === '$default' || key === '/$default';
}

function matchPath(event: ApiEvent, matched: ParsedPrefix | undefined, match: Matcher): string {
  const path = readPath(event);
  const segments = splitPath(path.text, path.encoding);
  if (!segments) throw new CodedError('PATH_REFUSED', 'the path has "." or ".." segments, or is not valid percent-encoding');
  const prefix = match(segments.slice(Math.max(0, countLead(event, path, matched))));
  if (prefix === undefined) throw unknownRoute('the path belongs to no router');
  return prefix;
}

function unknownRoute(message: string): CodedError {
  return new CodedError('ROUTE_UNKNOWN', message);
}

/** Like `parsePrefix`, without its checks: synthesis made them, and their texts would be loaded with every cold start. */
export function parse(prefix: string): ParsedPrefix {
  const texts = prefix.split('/').filter((text) => text !== '');
  return { prefix, segments: texts.map((text) => (text.startsWith('{') ? { param: text.slice(1, -1) } : { literal: text })) };
}
