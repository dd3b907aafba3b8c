/** What the generated entry calls. It turns a table of lazy routes into Lambda's handler. */
import { BUFFERED } from './answers/responder';
import { Result } from './answers/result';
import { attempt } from './attempt';
import { createAnswerer } from './dispatch/answerer';
import { createDispatcher } from './dispatch/dispatcher';
import { readPath } from './dispatch/event-path';
import { createLazyRouter } from './dispatch/lazy-router';
import type { Router } from './dispatch/router-module';
import type { Streaming, StreamingHandler } from './endpoint/streaming';
import { ApiEvent } from './events';
import type { Extras } from './extras';
import { CodedError } from './failures/coded-error';
import { createGuards } from './failures/guards';
import { createFlights } from './flights';
import { runInit } from './init/run-init';
import { log } from './log';
import { once } from './once';
import { PARTS, RouterPart, RuntimeParts } from './parts';
import { LambdaContext } from './router-types';
import { createServe } from './serve';
import { InitPlan, LazyRouteTable } from '../contract/javascript/entry';

/** Never rejects. */
export type BufferedHandler = (event: ApiEvent, context: LambdaContext) => Promise<Result>;

export interface LazyApi<Handler = BufferedHandler> {
  /** Lambda's handler. */
  readonly handler: Handler;
  /** Loads what the plan contains. Never rejects. */
  init(plan: InitPlan): Promise<void>;
  /** Loads one of the table's routers, for verification. Rejects with a coded error. */
  load(prefix: string): Promise<Router>;
}

export interface StreamingExtras extends Extras {
  /** Turns Lambda's handler into one that streams. */
  readonly streaming: Streaming;
}

export function createLazyApi(table: LazyRouteTable, extras: StreamingExtras, parts?: RuntimeParts): LazyApi<StreamingHandler>;
export function createLazyApi(table: LazyRouteTable, extras?: Extras, parts?: RuntimeParts): LazyApi;
export function createLazyApi(
  table: LazyRouteTable, extras: Partial<StreamingExtras> = {}, parts: RuntimeParts = PARTS,
): LazyApi<BufferedHandler | StreamingHandler> {
  let base = '';
  const loadRecovery = once(async () => (await parts.recovery()).createRecovery(base));
  const loadFetch = partLoader(parts.fetch);
  const loadListener = partLoader(parts.listener);
  const routers = table.routes.map((route) => createLazyRouter(route, loadRecovery, loadListener));
  const answer = createAnswerer(routers, createDispatcher(routers, table.greedyRoutes), loadFetch, extras);
  const flights = createFlights();
  const guards = createGuards(flights, loadRecovery);
  const serve = createServe(flights, answer, guards, extras);
  const buffered: BufferedHandler = (event, context) => serve(event, context, BUFFERED);

  return {
    handler: extras.streaming ? extras.streaming(serve) : buffered,

    init(plan) {
      base = plan.base;
      return guards.guardInit(async () => {
        const failures = await runInit(plan, routers, loadFetch, loadRecovery);
        attempt(() => extras.report?.initDone(failures));
      });
    },

    load: (prefix) => routers.find((router) => router.prefix === prefix)!.load(),
  };
}

/** For the parts that serve routers. */
function partLoader<Part>(importPart: () => Promise<RouterPart<Part>>): () => Promise<Part> {
  return once(() => importPart().then(({ createPart }) => createPart({ log, readPath }), (cause: unknown) => {
    throw new CodedError('ROUTER_LOAD_FAILED', 'what the router needs cannot be loaded', { cause });
  }));
}
