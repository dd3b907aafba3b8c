/**
 * What the generated entry calls: from a table of lazy routes to Lambda's handler.
 */
import { answerFailure, logFailure, Result } from './answers';
import { callLambdaRouter } from './call-lambda-router';
import { CodedError, toCodedError } from './coded-error';
import { startDeadline } from './deadline';
import { createDispatcher } from './dispatch';
import { readPath } from './event-path';
import { ApiEvent } from './events';
import { Flight, Flights } from './flights';
import { createGuards } from './guards';
import { runInit } from './init';
import { log } from './log';
import { once } from './once';
import { PARTS, RuntimeParts } from './parts';
import { checkSize } from './result-size';
import { createRoute } from './route';
import { LambdaContext } from './routers';
import { InitPlan, LazyRouteTable, RouterKind } from '../contract/entry';

export interface LazyApi {
  /** Lambda's handler. Never rejects. */
  handler(event: ApiEvent, context: LambdaContext): Promise<Result>;
  /** Loads what the plan says. Never rejects. */
  init(plan: InitPlan): Promise<void>;
  /** Loads one router and tells how it wants to be called; rejects with a coded error. */
  load(prefix: string): Promise<RouterKind>;
}

export function createLazyApi(table: LazyRouteTable, parts: RuntimeParts = PARTS): LazyApi {
  let base = '';
  const loadFetch = once(() => parts.importFetch().then(({ createFetchPart }) => createFetchPart({ log, readPath }), refuseFetch));
  const loadRecovery = once(async () => (await parts.importRecovery()).createRecovery(base));
  const routes = table.routes.map((route) => createRoute(route, loadRecovery));
  const dispatch = createDispatcher(routes, table.greedyRoutes);
  const flights: Flights = new Set();
  const guards = createGuards(flights, loadRecovery);

  async function serve(event: ApiEvent, context: LambdaContext, flight: Flight): Promise<Result> {
    if (guards.ending()) throw new CodedError('UNCAUGHT_EXCEPTION', 'the environment is about to end');
    const to = dispatch(event);
    const { prefix, loadRouter } = to.route;
    flight.router = prefix;
    const { fetch, lambda } = await loadRouter();
    return checkSize(await (fetch ? (await loadFetch()).callRouter(fetch, to, event, context, flight) : callLambdaRouter(lambda!, event, context)));
  }

  return {
    async handler(event, context) {
      const requestId = context?.awsRequestId;
      let flight!: Flight;
      const failed = new Promise<never>((_, fail) => { flight = { requestId, fail }; });
      flights.add(flight);
      const deadline = startDeadline(flight, context);
      try {
        return await Promise.race([failed, serve(event, context, flight)]);
      } catch (thrown) {
        const failure = toCodedError(thrown);
        logFailure(failure, { router: flight.router, requestId });
        await guards.ending();
        return answerFailure(failure, requestId);
      } finally {
        clearTimeout(deadline);
        flights.delete(flight);
      }
    },

    init(plan) {
      base = plan.base;
      return guards.guardInit(() => runInit(plan, { routes, loadFetch, loadRecovery }));
    },

    async load(prefix) {
      const route = routes.find((candidate) => candidate.prefix === prefix);
      if (!route) throw new CodedError('ROUTE_UNKNOWN', `no router has the prefix ${prefix}`);
      return (await route.loadRouter()).fetch ? 'fetch' : 'lambda';
    },
  };
}

function refuseFetch(cause: unknown): never {
  throw new CodedError('ROUTER_LOAD_FAILED', 'what fetch routers need cannot be loaded', { cause });
}
