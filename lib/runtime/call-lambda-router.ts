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
  const takesCallback = handler.length > 2;
  let returned: unknown;
  let thrown: { cause: unknown } | undefined;
  try {
    returned = handler(event, context);
  } catch (cause) {
    if (!takesCallback) throw cause;
    thrown = { cause };
  }
  // A third parameter is fine as long as a promise is returned.
  if (takesCallback && typeof (returned as Partial<PromiseLike<unknown>> | null | undefined)?.then !== 'function') {
    throw new CodedError('HANDLER_CALLBACK', 'the handler takes a callback, which nodejs24.x has no more: make it async', thrown);
  }
  return toResult(await returned, isHttpApiEvent(event));
}
