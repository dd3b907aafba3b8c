/**
 * Serves one event with a fetch router.
 */
import { fromResponse } from './from-response';
import { mount } from './mount';
import { createNotify, Notify } from './notices';
import { toRequest } from './to-request';
import { Result } from '../answers/result';
import { Dispatched } from '../dispatch/dispatcher';
import { toCodedError } from '../failures/coded-error';
import { Flight } from '../flights';
import type { PartTools } from '../parts';
import { FetchRouter } from '../router-types';

export type FetchCaller = (fetch: FetchRouter, dispatched: Dispatched, flight: Flight) => Promise<Result>;

export function createFetchCaller({ log, readPath }: PartTools): FetchCaller {
  const notify = createNotify(log);
  /** The prefixes of the routers that have answered something else than 404. */
  const proven = new Set<string>();

  return async (app, { router: { prefix, stripPrefix = true }, matched }, flight) => {
    const { event, context } = flight;
    flight.controller = new AbortController();
    const request = tryRequest(() => toRequest(flight, mount(event, readPath(event, matched), prefix, stripPrefix), notify));
    const response = await app.fetch(request, { event, requestContext: event.requestContext, lambdaContext: context });
    const result = await fromResponse(response, flight);

    if (result.statusCode !== 404) proven.add(prefix);
    else if (stripPrefix && declaresPrefix(app, prefix, proven)) hint(notify, prefix);
    return result;
  };
}

/** What `Request` refuses is the caller's doing. */
function tryRequest(create: () => Request): Request {
  try {
    return create();
  } catch (cause) {
    throw toCodedError(cause, 'REQUEST_INVALID', 'the event cannot be made a Request');
  }
}

/** Hono tells its routes. Any other router is assumed to declare its prefix while it has answered nothing but 404. */
function declaresPrefix(app: FetchRouter, prefix: string, proven: ReadonlySet<string>): boolean {
  if (prefix === '/') return false;
  const { routes } = app as { routes?: unknown };
  const paths = Array.isArray(routes) ? routes.map((route: { path?: unknown } | undefined) => route?.path) : [];
  const known = paths.filter((path) => typeof path === 'string');
  return known.length ? known.some((path) => `${path}/`.startsWith(`${prefix}/`)) : !proven.has(prefix);
}

/** Without the path: it may name a person. */
function hint(notify: Notify, router: string): void {
  notify('INFO', 'PREFIX_TWICE', `router ${router} answered 404: it is mounted at its prefix and sees the path below it; `
    + 'if it declares its own prefix, set stripPrefix to false', { router });
}
