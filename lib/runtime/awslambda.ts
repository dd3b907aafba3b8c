/**
 * What Lambda's runtime offers as the global `awslambda`, with types.
 *
 * It is an export, not a declaration of the global, because packages such as `@types/aws-lambda` declare the global, each in its own way.
 */
import type { ApiEvent } from './events';
import type { LambdaContext, ResponseStream, StreamingLambdaRouter } from './router-types';

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- merges with @types/node, and stands in for it where it is not installed
  namespace NodeJS {
    // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- see above
    interface WritableStream {}
  }
}

/** The stream as Node.js sees it: `pipeline` of `node:stream/promises` accepts it. */
export type NodeResponseStream = ResponseStream & NodeJS.WritableStream;

/** What is sent before the body. */
export interface ResponseHead {
  /**
   * The HTTP status, from 100 to 599.
   *
   * @default 200
   */
  readonly statusCode?: number;
  readonly headers?: { readonly [name: string]: string };
  /** One `set-cookie` header each. */
  readonly cookies?: string[];
}

export interface AwsLambda {
  readonly HttpResponseStream: {
    /** Returns the stream for the body. The head is sent with the first bytes. */
    from(responseStream: ResponseStream, head: ResponseHead): NodeResponseStream;
  };
  /** Marks a handler as one that streams its response. */
  streamifyResponse<Event = ApiEvent>(handler: StreamHandler<Event>): StreamingLambdaRouter<Event>;
}

type StreamHandler<Event> = {
  // A method, so that a handler for one payload format is accepted where both are allowed.
  handle(event: Event, responseStream: NodeResponseStream, context: LambdaContext): Promise<void>;
}['handle'];

const lambda = () => (globalThis as unknown as { awslambda?: AwsLambda }).awslambda;

/**
 * Lambda's global of this name. Outside of Lambda, as in unit tests, it returns the handler and the stream unchanged.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/config-rs-write-functions.html
 */
export const awslambda: AwsLambda = {
  streamifyResponse: (handler) => lambda()?.streamifyResponse(handler) ?? handler as StreamingLambdaRouter<never>,
  HttpResponseStream: { from: (stream, head) => lambda()?.HttpResponseStream.from(stream, head) ?? stream as NodeResponseStream },
};
