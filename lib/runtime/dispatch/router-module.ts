/**
 * From what a router's module exports to something that can be called.
 */
import { LazyRoute } from '../../contract/javascript/entry';
import type { Result } from '../answers/result';
import type { Flight } from '../flights';
import { FetchRouter, LambdaContext, StreamingLambdaRouter } from '../router-types';

/** A Lambda handler as it is called: whether it answers properly is seen afterwards. */
export type CallableHandler = (event: unknown, context: LambdaContext | undefined) => unknown;

/** How Lambda's runtime marks what `awslambda.streamifyResponse` was given. */
const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');

export function isStreamingHandler(handler: object): handler is StreamingLambdaRouter {
  return STREAMING in handler;
}

/** Where a router is mounted, and the prefix of the route that API Gateway matched. */
interface Mounted {
  readonly router: Pick<LazyRoute, 'prefix' | 'stripPrefix'>;
  readonly matched: string | undefined;
}

/** Serves an event with what a server framework gives. */
export type ListenerCaller = (mounted: Mounted, flight: Flight) => Promise<Result>;

/** Exactly one of them. */
export interface Router {
  readonly fetch?: FetchRouter;
  readonly lambda?: CallableHandler;
  readonly listener?: ListenerCaller;
}

/** Anything, looked at from outside. */
export type Exported = { readonly [name in 'default' | 'handler' | 'listener' | 'fetch' | 'handle']?: Exported } | null | undefined;

/**
 * The default export, else the one named `handler`; both once more in a CommonJS module's default. Undefined if it is neither a handler nor has
 * `fetch`: then it may be what a server framework gives.
 */
export function toRouter(module: unknown): Router | undefined {
  const outer = module as Exported;
  const inner = outer?.default;
  for (const candidate of [inner, outer?.handler, inner?.default, inner?.handler]) {
    // An app may be callable and have `fetch`: then it is a fetch router.
    if (typeof candidate?.fetch === 'function') return { fetch: candidate as unknown as FetchRouter };
    // Apps and routers of Express have `handle`.
    if (typeof candidate === 'function' && !(candidate as { handle?: unknown }).handle) return { lambda: candidate };
  }
  return undefined;
}
