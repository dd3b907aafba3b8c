/**
 * Serves one event with a fetch router.
 */
import { fromResponse } from './from-response';
import { toRequest } from './to-request';
import { Result } from '../answers/result';
import { Dispatched } from '../dispatch/dispatcher';
import { toCodedError } from '../failures/coded-error';
import { Flight } from '../flights';
import type { PartTools } from '../part-tools';
import { FetchRouter } from '../router-types';
import { mount } from '../web/mount';
import { createNotify } from '../web/notices';
import { createPrefixHint } from '../web/prefix-hint';

export type FetchCaller = (fetch: FetchRouter, dispatched: Dispatched, flight: Flight) => Promise<Result>;

export function createFetchCaller({ log, readPath }: PartTools): FetchCaller {
  const notify = createNotify(log);
  const hint = createPrefixHint(notify);

  return async (app, { router: { prefix, stripPrefix = true }, matched }, flight) => {
    const { event, context } = flight;
    const controller = new AbortController();
    flight.controller = controller;
    const request = tryRequest(() => toRequest(flight, mount(event, readPath(event, matched), prefix, stripPrefix), notify, controller.signal));
    const response = await app.fetch(request, { event, requestContext: event.requestContext, lambdaContext: context });
    const result = await fromResponse(response, flight);

    hint(prefix, stripPrefix, result.statusCode, () => declaresPrefix(app, prefix));
    return result;
  };
}

/** The caller is responsible for what `Request` rejects. */
function tryRequest(create: () => Request): Request {
  try {
    return create();
  } catch (cause) {
    throw toCodedError(cause, 'REQUEST_INVALID', 'the event cannot be made a Request');
  }
}

/** Hono exposes its routes. Undefined for any other router. */
function declaresPrefix(app: FetchRouter, prefix: string): boolean | undefined {
  const { routes } = app as { routes?: unknown };
  const known = [routes ?? []].flat().map((route) => (route as { path?: unknown } | undefined)?.path).filter((path) => typeof path === 'string');
  return known.length ? known.some((path) => `${path}/`.startsWith(`${prefix}/`)) : undefined;
}
