/**
 * The kinds of router: what a router's module may export, as its default or as `handler`.
 */
import { ApiEvent } from './events';

/**
 * A Lambda proxy handler: receives the event as it came.
 *
 * Handlers typed with `APIGatewayProxyHandler` or `APIGatewayProxyHandlerV2` of `@types/aws-lambda` fit.
 *
 * @example
 * export const handler: LambdaRouter<HttpApiEvent> = async (event) => ({ statusCode: 200, body: event.rawPath });
 */
export type LambdaRouter<Event = ApiEvent> = {
  // A method, so that a handler of one payload format fits where all are allowed.
  // The third parameter makes room for types that have a callback; nothing is ever passed.
  handle(event: Event, context: LambdaContext, callback?: unknown): LambdaResult | Promise<LambdaResult> | void;
}['handle'];

/**
 * A Lambda handler that writes its answer while it is made, for endpoints with `streaming`: what `awslambda.streamifyResponse` is given.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/config-rs-write-functions.html
 *
 * @example
 * export const handler = awslambda.streamifyResponse(async (event, responseStream) => {
 *   const body = awslambda.HttpResponseStream.from(responseStream, { statusCode: 200, headers: { 'content-type': 'text/plain' } });
 *   body.write('as it comes');
 *   body.end();
 * });
 */
export type StreamingLambdaRouter<Event = ApiEvent> = {
  // A method, so that a handler of one payload format fits where all are allowed.
  handle(event: Event, responseStream: ResponseStream, context: LambdaContext): Promise<void>;
}['handle'];

/** Where a streaming handler writes: a `stream.Writable` of Node.js in all that matters. */
export interface ResponseStream {
  write(chunk: string | Uint8Array, ...rest: unknown[]): boolean;
  end(...rest: unknown[]): unknown;
  once(event: string, listener: (...args: never[]) => void): unknown;
  /** Before anything is written. */
  setContentType(type: string): void;
}

/**
 * A router that answers a `Request` with a `Response`: Hono, itty-router, H3, or an object with a `fetch` of your own.
 *
 * It is mounted at its prefix: it sees paths relative to it, and `x-forwarded-prefix` carries what was taken away.
 *
 * @example
 * const app = new Hono<{ Bindings: FetchRouterBindings }>();
 * app.get('/:id', (c) => c.json({ id: c.req.param('id'), caller: c.env.requestContext }));
 * export default app;
 */
export interface FetchRouter {
  /**
   * Answers one request. `request.signal` is aborted shortly before the function's time is up.
   */
  fetch(request: Request, bindings: FetchRouterBindings): Response | Promise<Response>;
}

/** What a fetch router gets beside the request; Hono calls it `c.env`. */
export interface FetchRouterBindings<Event extends ApiEvent = ApiEvent> {
  /** The event as it came. */
  readonly event: Event;
  /** The event's request context: the caller's identity, what the authorizer found out. */
  readonly requestContext: Event['requestContext'];
  /** Lambda's context. */
  readonly lambdaContext: LambdaContext;
}

/**
 * What Lambda says of an invocation.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html
 */
export interface LambdaContext {
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedFunctionArn: string;
  readonly memoryLimitInMB: string;
  readonly awsRequestId: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  getRemainingTimeInMillis(): number;
}

/** What a Lambda proxy handler answers. A string, in payload format 2.0, is the body of a 200. */
export type LambdaResult = LambdaProxyResult | string;

/**
 * A response in either payload format. Anything else is answered with 500 and the code `RESULT_MALFORMED`. Members that are `null` are left out.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export interface LambdaProxyResult {
  /** From 100 to 599. */
  readonly statusCode?: number;
  /** Names have the characters that HTTP allows, values no line breaks. */
  readonly headers?: { readonly [name: string]: string | number | boolean };
  /** Payload format 1.0: headers with several values. */
  readonly multiValueHeaders?: { readonly [name: string]: Array<string | number | boolean> };
  /** Payload format 2.0: one `set-cookie` header each. */
  readonly cookies?: string[];
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}
