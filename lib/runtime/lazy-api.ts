/**
 * What the generated entry calls: from a table of lazy routes to Lambda's handler.
 */
import { answerFailure, logFailure, Result } from './answers';
import { createAsset } from './asset';
import { createFetchCaller } from './call-fetch-router';
import { callLambdaRouter } from './call-lambda-router';
import { createChunkRecovery } from './chunk-recovery';
import { CodedError, toCodedError } from './coded-error';
import { startDeadline } from './deadline';
import { createDispatcher, toRoutes } from './dispatch';
import { ApiEvent } from './events';
import { Flight, Flights } from './flights';
import { createGuards } from './guards';
import { runInit } from './init';
import { createNotify } from './notices';
import { checkSize } from './result-size';
import { createRouterLoader } from './router-loader';
import { LambdaContext } from './routers';
import { InitPlan, LazyRouteTable } from '../contract/entry';

export interface LazyApi {
  /** Lambda's handler. Never rejects. */
  handler(event: ApiEvent, context: LambdaContext): Promise<Result>;
  /** Loads what the plan says. Never rejects. */
  init(plan: InitPlan): Promise<void>;
  /** Loads one router; rejects with a coded error. */
  load(prefix: string): Promise<void>;
}

export function createLazyApi(table: LazyRouteTable): LazyApi {
  const routes = toRoutes(table);
  const dispatch = createDispatcher(routes, table.greedyRoutes);
  const asset = createAsset();
  const recovery = createChunkRecovery(asset, (url) => import(url));
  const loadRouter = createRouterLoader(recovery);
  const callFetchRouter = createFetchCaller(createNotify());
  const flights: Flights = new Set();
  const guards = createGuards(flights);

  async function serve(event: ApiEvent, context: LambdaContext, flight: Flight): Promise<Result> {
    if (guards.ending()) throw new CodedError('UNCAUGHT_EXCEPTION', 'the environment is about to end');
    const to = dispatch(event);
    flight.router = to.route.prefix;
    const { fetch, lambda } = await loadRouter(to.route);
    return checkSize(await (fetch ? callFetchRouter(fetch, to, event, context, flight) : callLambdaRouter(lambda!, event, context)));
  }

  return {
    async handler(event, context) {
      const requestId = context?.awsRequestId;
      let flight!: Flight;
      const failed = new Promise<never>((_, fail) => { flight = { requestId, fail }; });
      flights.add(flight);
      const stopDeadline = startDeadline(flight, context);
      try {
        return await Promise.race([failed, serve(event, context, flight)]);
      } catch (thrown) {
        const failure = toCodedError(thrown);
        logFailure(failure, { router: flight.router, requestId });
        return answerFailure(failure, requestId);
      } finally {
        stopDeadline();
        flights.delete(flight);
      }
    },

    async init(plan) {
      guards.install();
      asset.locate(plan.base);
      await runInit(plan, { routes, recovery, loadRouter });
      guards.initialised();
    },

    async load(prefix) {
      const route = routes.find((candidate) => candidate.prefix === prefix);
      if (!route) throw new CodedError('ROUTE_UNKNOWN', `no router has the prefix ${prefix}`);
      await loadRouter(route);
    },
  };
}
