/**
 * Serves one event with a fetch router.
 */
import { Result } from '../answers/result';
import { toCodedError } from '../failures/coded-error';
import { Dispatched } from '../dispatch/dispatcher';
import { PathReader } from '../dispatch/event-path';
import { ApiEvent } from '../events';
import { Flight } from '../flights';
import { fromResponse } from './from-response';
import { Log } from '../log';
import { mount } from './mount';
import { createNotify, Notify } from './notices';
import { FetchRouter, LambdaContext } from '../router-types';
import { methodOf, toRequest } from './to-request';

export type FetchCaller = (router: FetchRouter, to: Dispatched, event: ApiEvent, context: LambdaContext, flight: Flight) => Promise<Result>;

/** What the core hands over. */
export interface FetchTools {
  readonly log: Log;
  readonly readPath: PathReader;
}

export function createFetchCaller({ log, readPath }: FetchTools): FetchCaller {
  const notify = createNotify(log);
  /** The routers that have answered something else than 404. */
  const proven = new Set<string>();

  return async (router, { route, matched }, event, context, flight) => {
    const controller = (flight.controller = new AbortController());
    const mounted = tryMount(() => mount(event, readPath(event, matched), route.prefix, route.stripPrefix !== false));
    const request = tryMount(() => toRequest(event, mounted, route.prefix, controller.signal, notify));
    const response = await router.fetch(request, { event, requestContext: event.requestContext, lambdaContext: context });
    const result = await fromResponse(response, event, methodOf(event), flight.stream !== undefined);

    if (result.statusCode !== 404) proven.add(route.prefix);
    else if (route.stripPrefix !== false && declaresPrefix(router, route.prefix, proven)) hint(notify, route.prefix);
    return result;
  };
}

/** What `Request` refuses is the caller's doing. */
function tryMount<T>(build: () => T): T {
  try {
    return build();
  } catch (cause) {
    throw toCodedError(cause, 'REQUEST_INVALID', 'the event cannot be made a Request');
  }
}

/** Hono tells its routes; of other routers it is assumed while they have answered nothing but 404. */
function declaresPrefix(router: FetchRouter, prefix: string, proven: ReadonlySet<string>): boolean {
  if (prefix === '/') return false;
  const { routes } = router as { routes?: unknown };
  const paths = Array.isArray(routes) ? routes.map((route: { path?: unknown } | undefined) => route?.path) : [];
  const known = paths.filter((path) => typeof path === 'string');
  return known.length ? known.some((path) => `${path}/`.startsWith(`${prefix}/`)) : !proven.has(prefix);
}

/** Without the path: it may name a person. */
function hint(notify: Notify, router: string): void {
  notify('INFO', 'PREFIX_TWICE', `router ${router} answered 404: it is mounted at its prefix and sees the path below it; `
    + 'if it declares its own prefix, set stripPrefix to false', { router });
}
