/**
 * From what a router's module exports to something that can be called.
 */
import { CodedError } from '../failures/coded-error';
import { FetchRouter, LambdaContext, StreamingLambdaRouter } from '../router-types';

/** A Lambda handler as it is called: whether it answers properly is seen afterwards. */
export type CallableHandler = (event: unknown, context: LambdaContext | undefined) => unknown;

/** How Lambda's runtime marks what `awslambda.streamifyResponse` was given. */
const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');

export function isStreamingHandler(handler: object): handler is StreamingLambdaRouter {
  return STREAMING in handler;
}

/** Exactly one of the two. */
export interface Router {
  readonly fetch?: FetchRouter;
  readonly lambda?: CallableHandler;
}

/** Anything, looked at from outside. */
type Exported = { readonly [name in 'default' | 'handler' | 'fetch']?: Exported } | null | undefined;

/** The default export, else the one named `handler`; both once more in a CommonJS module's default. */
export function toRouter(module: unknown, prefix: string): Router {
  const outer = module as Exported;
  const inner = outer?.default;
  for (const candidate of [inner, outer?.handler, inner?.default, inner?.handler]) {
    // An app may be callable and have `fetch`: then it is a fetch router.
    if (typeof candidate?.fetch === 'function') return { fetch: candidate as unknown as FetchRouter };
    if (typeof candidate === 'function') return { lambda: candidate };
  }
  throw new CodedError(
    'ROUTER_EXPORT',
    `router ${prefix} exports neither a function (event, context) nor an object with fetch(request)`,
    { router: prefix },
  );
}
