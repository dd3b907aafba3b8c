/** Decides what responds to an event: the runtime itself, for a preflight request or a deployment's check before traffic, or otherwise the router. */
import { callLambdaRouter } from './call-lambda-router';
import { Dispatcher } from './dispatcher';
import { LazyRouter } from './lazy-router';
import { Result } from '../answers/result';
import type { Extras } from '../extras';
import type { FetchPart } from '../fetch/fetch';
import { Flight } from '../flights';

/** Without a result, the router has written the response to the stream. */
export type Answerer = (flight: Flight) => Promise<Result | undefined>;

export function createAnswerer(
  routers: readonly LazyRouter[], dispatch: Dispatcher, loadFetch: () => Promise<FetchPart>, { preflight, preTraffic, checkAuthorizer }: Extras,
): Answerer {
  return async (flight) => {
    const { event } = flight;
    const answered = preflight?.(event) ?? (preTraffic && await preTraffic(event, routers));
    if (answered) return answered;
    const dispatched = dispatch(event);
    const { router } = dispatched;
    flight.router = router.prefix;
    if (router.authorized) checkAuthorizer!(event);
    if (!router.isReady) flight.load = performance.now();
    const { fetch, lambda, listener } = await router.load();
    const part = fetch && await loadFetch();
    flight.loaded = performance.now();
    if (part) return part.callRouter(fetch, dispatched, flight);
    return listener ? listener(dispatched, flight) : callLambdaRouter(lambda!, flight);
  };
}
