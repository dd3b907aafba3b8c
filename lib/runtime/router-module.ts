/**
 * From what a router's module exports to something that can be called.
 */
import { CodedError } from './coded-error';
import { FetchRouter, LambdaContext } from './routers';

/** A Lambda handler as it is called: whether it answers properly is seen afterwards. */
export type CallableHandler = (event: unknown, context: LambdaContext | undefined) => unknown;

/** Exactly one of the two. */
export interface Router {
  readonly fetch?: FetchRouter;
  readonly lambda?: CallableHandler;
}

/** The default export, else the one named `handler`; both once more in a CommonJS module's default. */
export function toRouter(module: unknown, prefix: string): Router {
  const inner = member(module, 'default');
  const candidates = [inner, member(module, 'handler'), member(inner, 'default'), member(inner, 'handler')];
  for (const candidate of candidates) {
    if (isFetchRouter(candidate)) return { fetch: candidate };
    if (isFunction(candidate)) return { lambda: candidate };
  }
  throw new CodedError(
    'ROUTER_EXPORT',
    `router ${prefix} exports neither a default export nor \`handler\` that is a function (event, context) or an object with fetch(request)`,
    { router: prefix },
  );
}

/** An app may be callable and have `fetch`: then it is a fetch router. */
function isFetchRouter(candidate: unknown): candidate is FetchRouter {
  return isFunction(member(candidate, 'fetch'));
}

function isFunction(candidate: unknown): candidate is CallableHandler {
  return typeof candidate === 'function';
}

function member(value: unknown, name: string): unknown {
  return value !== null && (typeof value === 'object' || typeof value === 'function') ? (value as Record<string, unknown>)[name] : undefined;
}
