/** Converts what a router's module exports to something that can be called. */
import { LazyRoute } from '../../contract/javascript/entry';
import type { Result } from '../answers/result';
import type { Flight } from '../flights';
import { FetchRouter, LambdaContext, StreamingLambdaRouter } from '../router-types';

/** A Lambda handler before it is called. Its result is checked afterwards. */
export type CallableHandler = (event: unknown, context: LambdaContext | undefined) => unknown;

/** How Lambda's runtime marks handlers that were passed to `awslambda.streamifyResponse`. */
const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');

export function isStreamingHandler(handler: object): handler is StreamingLambdaRouter {
  return STREAMING in handler;
}

/** Where a router is mounted, and the prefix of the route that API Gateway matched. */
interface Mounted {
  readonly router: Pick<LazyRoute, 'prefix' | 'stripPrefix'>;
  readonly matched: string | undefined;
}

/** Serves an event with the app of a server framework. */
export type ListenerCaller = (mounted: Mounted, flight: Flight) => Promise<Result>;

/** Exactly one member is set. */
export interface Router {
  readonly fetch?: FetchRouter;
  readonly lambda?: CallableHandler;
  readonly listener?: ListenerCaller;
}

/** Any export, seen from outside. */
export type Exported = { readonly [name in 'default' | 'handler' | 'listener' | 'fetch' | 'handle']?: Exported } | null | undefined;

/**
 * The default export, or otherwise the export named `handler`, also in the default export of a CommonJS module. Undefined if it is neither a handler
 * nor has `fetch`: then it may be the app of a server framework.
 */
export function toRouter(module: unknown): Router | undefined {
  const outer = module as Exported;
  const inner = outer?.default;
  for (const candidate of [inner, outer?.handler, inner?.default, inner?.handler]) {
    // An app may be callable and also have `fetch`. Then it is a fetch router.
    if (typeof candidate?.fetch === 'function') return { fetch: candidate as unknown as FetchRouter };
    // Apps and routers of Express have `handle`.
    if (typeof candidate === 'function' && !(candidate as { handle?: unknown }).handle) return { lambda: candidate };
  }
  return undefined;
}
