/**
 * Serves one event with a Lambda proxy handler.
 */
import { CallableHandler, isStreamingHandler } from './router-module';
import { Result } from '../answers/result';
import { toResult } from '../answers/to-result';
import { isHttpApiEvent } from '../events';
import { CodedError } from '../failures/coded-error';
import type { Flight } from '../flights';

/** Without a result, the handler has written the response to the stream. */
export async function callLambdaRouter(handler: CallableHandler, { event, context, stream }: Flight): Promise<Result | undefined> {
  if (isStreamingHandler(handler)) {
    if (!stream) throw new CodedError('HANDLER_STREAMING', 'the handler streams, and the endpoint does not');
    return void await handler(event, stream, context);
  }
  const takesCallback = handler.length > 2;
  let returned: unknown;
  let thrown: { cause: unknown } | undefined;
  try {
    returned = handler(event, context);
  } catch (cause) {
    if (!takesCallback) throw cause;
    thrown = { cause };
  }
  // A third parameter is allowed if the handler returns a promise.
  if (takesCallback && typeof (returned as Partial<PromiseLike<unknown>> | null | undefined)?.then !== 'function') {
    throw new CodedError('HANDLER_CALLBACK', 'the handler takes a callback, which nodejs24.x has no more: make it async', thrown);
  }
  return toResult(await returned, isHttpApiEvent(event));
}
