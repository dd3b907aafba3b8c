/**
 * Serves one event with a Lambda proxy handler.
 */
import { Result } from './answers';
import { CodedError } from './coded-error';
import { ApiEvent, isHttpApiEvent } from './events';
import { toResult } from './lambda-result';
import { CallableHandler } from './router-module';
import { LambdaContext } from './routers';

export async function callLambdaRouter(handler: CallableHandler, event: ApiEvent, context: LambdaContext): Promise<Result> {
  const returned = handler.length > 2 ? callWithoutCallback(handler, event, context) : handler(event, context);
  return toResult(await returned, isHttpApiEvent(event) ? '2.0' : '1.0');
}

/** A third parameter is fine as long as a promise is returned. */
function callWithoutCallback(handler: CallableHandler, event: ApiEvent, context: LambdaContext): PromiseLike<unknown> {
  let options: { cause: unknown } | undefined;
  try {
    const returned = handler(event, context);
    if (isThenable(returned)) return returned;
  } catch (cause) {
    options = { cause };
  }
  throw new CodedError('HANDLER_CALLBACK', 'the handler takes a callback, which nodejs24.x has no more; '
    + 'write `async (event, context) => result`, and return or throw where it called back', {}, options);
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}
