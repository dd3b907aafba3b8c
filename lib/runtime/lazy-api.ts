/**
 * What the generated entry calls: from a table of lazy routes to Lambda's handler.
 */
import { answerFailure, logFailure, Result } from './answers/result';
import { attempt } from './attempt';
import { callLambdaRouter } from './dispatch/call-lambda-router';
import { CodedError, toCodedError } from './failures/coded-error';
import { startDeadline } from './failures/deadline';
import { BUFFERED, Delivery } from './answers/responder';
import { createDispatcher } from './dispatch/dispatcher';
import { readPath } from './dispatch/event-path';
import { ApiEvent } from './events';
import { createFlights, Flight, startFlight } from './flights';
import type { Streaming } from './endpoint/streaming';
import { createGuards } from './failures/guards';
import { runInit } from './init/run-init';
import { log } from './log';
import { once } from './once';
import { PARTS, RuntimeParts } from './parts';
import type { Reporter } from './report/report';
import type { VerifyRouters } from './rollout/pre-traffic';
import { createRoute } from './dispatch/lazy-router';
import type { Router } from './dispatch/router-module';
import { LambdaContext } from './router-types';
import { InitPlan, LazyRouteTable } from '../contract/entry';

export interface LazyApi {
  /** Lambda's handler. Never rejects, but to break a streamed answer off. */
  handler(event: ApiEvent, context: LambdaContext): Promise<Result>;
  /** Loads what the plan says. Never rejects. */
  init(plan: InitPlan): Promise<void>;
  /** Loads one of the table's routers, for verification; rejects with a coded error. */
  load(prefix: string): Promise<Router>;
}

/** What only some front doors need: the generated entry imports it for those. */
export interface Extras {
  /** Writes a line about each request. */
  readonly report?: Reporter;
  readonly streaming?: Streaming;
  /** Answers preflight requests. */
  readonly preflight?: (event: ApiEvent) => Result | undefined;
  /** Answers a deployment that asks whether the routers load. */
  readonly verifyRouters?: VerifyRouters;
  /** Throws where no authorizer has let an event through. */
  readonly demandAuthorizer?: (event: ApiEvent) => void;
  /** What every event goes through before it is served. */
  readonly prepare?: (event: ApiEvent) => ApiEvent;
  /** What every answer goes through, the runtime's own too. */
  readonly finish?: (event: ApiEvent, result: Result) => Result;
}

export function createLazyApi(table: LazyRouteTable, extras: Extras = {}, parts: RuntimeParts = PARTS): LazyApi {
  const { report, streaming, prepare = (event) => event, finish = (_, result) => result } = extras;
  let base = '';
  const loadFetch = once(() => parts.importFetch().then(({ createFetchPart }) => createFetchPart({ log, readPath }), refuseFetch));
  const loadRecovery = once(async () => (await parts.importRecovery()).createRecovery(base));
  const routes = table.routes.map((route) => createRoute(route, loadRecovery));
  const dispatch = createDispatcher(routes, table.greedyRoutes);
  const flights = createFlights();
  const guards = createGuards(flights, loadRecovery);

  async function answer(event: ApiEvent, context: LambdaContext, flight: Flight): Promise<Result | undefined> {
    const answered = extras.preflight?.(event) ?? (extras.verifyRouters && await extras.verifyRouters(event, routes));
    if (answered) return answered;
    const to = dispatch(event);
    const { prefix, loadRouter, authorized, isLoaded } = to.route;
    flight.router = prefix;
    if (authorized) extras.demandAuthorizer!(event);
    if (!isLoaded) flight.load = performance.now();
    const { fetch, lambda } = await loadRouter();
    const part = fetch && await loadFetch();
    flight.loaded = performance.now();
    return part ? part.callRouter(fetch, to, event, context, flight) : callLambdaRouter(lambda!, event, context, flight.stream);
  }

  async function serve(event: ApiEvent, context: LambdaContext, delivery: Delivery = BUFFERED): Promise<Result | void> {
    const requestId = context?.awsRequestId;
    const { flight, failed } = startFlight(flights, { requestId, stream: delivery.stream });
    let failure: CodedError | undefined;
    let status: number | undefined;
    const deadline = startDeadline(flight, context);
    try {
      const deliver = async (result: Result | undefined) => delivery.deliver(result && finish(event, result));
      const delivered = await Promise.race([failed, answer(prepare(event), context, flight).then(deliver)]);
      status = delivered?.statusCode ?? delivery.status?.();
      return delivered;
    } catch (thrown) {
      failure = toCodedError(thrown);
      logFailure(failure, { router: flight.router, requestId });
      await guards.ending();
      const answered = answerFailure(failure, requestId);
      const result = attempt(() => finish(event, answered)) ?? answered;
      const delivered = await delivery.fail(result, failure);
      status = result.statusCode;
      return delivered;
    } finally {
      clearTimeout(deadline);
      flights.delete(flight);
      attempt(() => report?.answered(flight, event, { status, errorCode: failure?.code }));
    }
  }

  return {
    handler: (streaming ? streaming(serve) : (event, context) => serve(event, context)) as LazyApi['handler'],

    init(plan) {
      base = plan.base;
      const init = () => runInit(plan, { routes, loadFetch, loadRecovery }).then((failures) => attempt(() => report?.initialised(failures)));
      return guards.guardInit(init);
    },

    load: (prefix) => routes.find((route) => route.prefix === prefix)!.loadRouter(),
  };
}

function refuseFetch(cause: unknown): never {
  throw new CodedError('ROUTER_LOAD_FAILED', 'what fetch routers need cannot be loaded', { cause });
}
