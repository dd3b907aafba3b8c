import { TestResponseStream } from './lambda-global';
import { TestResult } from './test-target';
import type { StreamingHandler } from '../runtime/endpoint/streaming';
import type { ApiEvent } from '../runtime/events';
import type { BufferedHandler } from '../runtime/lazy-api';
import type { LambdaContext } from '../runtime/router-types';

export async function callBuffered(handler: BufferedHandler, event: ApiEvent, context: LambdaContext): Promise<TestResult> {
  return { kind: 'returned', payload: Buffer.from(JSON.stringify(await handler(event, context))) };
}

/** Returns as soon as the response begins. */
export async function callStreaming(handler: StreamingHandler, event: ApiEvent, context: LambdaContext): Promise<TestResult> {
  const payload = new TestResponseStream();
  const done = handler(event, payload, context);
  done.catch((error: Error) => payload.destroy(error));
  try {
    await Promise.race([payload.begun, done]);
  } catch (error) {
    return { kind: 'failed', errorType: 'Error', errorMessage: (error as Error).message };
  }
  return { kind: 'streamed', contentType: payload.contentType, payload };
}
