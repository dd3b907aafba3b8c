/**
 * The kinds of router: what a router's module may export, as its default or as `handler`.
 */
import { ApiEvent } from './events';

/**
 * A Lambda proxy handler. It receives the event of the endpoint.
 *
 * Handlers typed with `APIGatewayProxyHandler` or `APIGatewayProxyHandlerV2` of `@types/aws-lambda` are compatible.
 *
 * @example
 * export const handler: LambdaRouter<HttpApiEvent> = async (event) => ({ statusCode: 200, body: event.rawPath });
 */
export type LambdaRouter<Event = ApiEvent> = {
  // A method, so that a handler for one payload format is accepted where both are allowed.
  // The third parameter makes room for types that have a callback. It is never passed.
  handle(event: Event, context: LambdaContext, callback?: unknown): LambdaResult | Promise<LambdaResult> | void;
}['handle'];

/**
 * A Lambda handler that writes its response in parts, for endpoints with `streaming`. Pass it to `awslambda.streamifyResponse`.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/config-rs-write-functions.html
 *
 * @example
 * import { awslambda } from 'cdk-lazy-api/runtime';
 *
 * export const handler = awslambda.streamifyResponse(async (event, responseStream) => {
 *   const body = awslambda.HttpResponseStream.from(responseStream, { statusCode: 200, headers: { 'content-type': 'text/plain' } });
 *   body.write('as it comes');
 *   body.end();
 * });
 */
export type StreamingLambdaRouter<Event = ApiEvent> = {
  // A method, so that a handler for one payload format is accepted where both are allowed.
  handle(event: Event, responseStream: ResponseStream, context: LambdaContext): Promise<void>;
}['handle'];

/** Where a streaming handler writes. In Lambda, it is a `stream.Writable` of Node.js. */
export interface ResponseStream {
  /** Returns false if the caller reads more slowly than the handler writes. Then wait for the event `drain`. */
  write(chunk: string | Uint8Array, ...rest: unknown[]): boolean;
  end(...rest: unknown[]): unknown;
  once(event: string, listener: (...args: never[]) => void): unknown;
  /** Call it before anything is written. */
  setContentType(type: string): void;
}

/**
 * A router that responds to a `Request` with a `Response`: Hono, itty-router, H3, or an object with a `fetch` of your own.
 *
 * It is mounted at its prefix: it sees the path below the prefix, and the header `x-forwarded-prefix` contains the part that was removed.
 *
 * @example
 * const app = new Hono<{ Bindings: FetchRouterBindings }>();
 * app.get('/:id', (c) => c.json({ id: c.req.param('id'), caller: c.env.requestContext }));
 * export default app;
 */
export interface FetchRouter {
  /** Responds to one request. `request.signal` is aborted shortly before the function's time is up. */
  fetch(request: Request, bindings: FetchRouterBindings): Response | Promise<Response>;
}

/** What a fetch router gets in addition to the request. Hono calls it `c.env`. */
export interface FetchRouterBindings<Event extends ApiEvent = ApiEvent> {
  /** The event of the request. */
  readonly event: Event;
  /** The event's request context: the caller's identity and the authorizer context. */
  readonly requestContext: Event['requestContext'];
  /** Lambda's context. */
  readonly lambdaContext: LambdaContext;
}

/**
 * Lambda's information about an invocation.
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
  /** The time until Lambda ends the invocation, in milliseconds. */
  getRemainingTimeInMillis(): number;
}

/** What a Lambda proxy handler returns. In payload format 2.0, a string is the body of a response with status 200. */
export type LambdaResult = LambdaProxyResult | string;

/**
 * A response in either payload format. If a handler returns anything else, the response is 500 with the code `RESULT_MALFORMED`. Members that are
 * `null` are left out.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export interface LambdaProxyResult {
  /**
   * The HTTP status, from 100 to 599.
   *
   * @default - payload format 2.0: 200, and the result itself is the body; payload format 1.0 requires it
   */
  readonly statusCode?: number;
  /** Names contain only characters that HTTP allows, and values contain no line breaks. */
  readonly headers?: { readonly [name: string]: string | number | boolean };
  /** Headers with several values. Payload format 1.0 only. */
  readonly multiValueHeaders?: { readonly [name: string]: Array<string | number | boolean> };
  /** One `set-cookie` header each. Payload format 2.0 only. */
  readonly cookies?: string[];
  readonly body?: string;
  /**
   * Whether the body is bytes, in base64.
   *
   * @default false
   */
  readonly isBase64Encoded?: boolean;
}
