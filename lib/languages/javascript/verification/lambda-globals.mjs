// Globals of Lambda's runtime, for processes that replace it.

/** Marks handlers that stream their responses. */
export const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');

/** In Lambda, the head of a response is a line in the stream. Here it is a property. */
export function defineAwsLambda() {
  globalThis.awslambda = {
    streamifyResponse: (handler) => Object.assign(handler, { [STREAMING]: 'response' }),
    HttpResponseStream: { from: (stream, head) => Object.assign(stream, { head }) },
  };
}
