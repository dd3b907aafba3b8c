/** What API Gateway and function URLs send. The types are structural, so that those of `@types/aws-lambda` are compatible, but not required. */

/**
 * An event in payload format 1.0: from REST APIs, and from HTTP APIs that are configured for it.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export interface RestApiEvent {
  /** `1.0` from an HTTP API. Undefined from a REST API. */
  readonly version?: string;
  /** The path of the route that matched, for example `/users/{proxy+}`. */
  readonly resource: string;
  /** The request's path: percent-encoded from a REST API, decoded from an HTTP API. */
  readonly path: string;
  readonly httpMethod: string;
  readonly headers: { readonly [name: string]: string | undefined } | null;
  readonly multiValueHeaders: { readonly [name: string]: string[] | undefined } | null;
  readonly queryStringParameters: { readonly [name: string]: string | undefined } | null;
  readonly multiValueQueryStringParameters: { readonly [name: string]: string[] | undefined } | null;
  readonly pathParameters: { readonly [name: string]: string | undefined } | null;
  readonly stageVariables: { readonly [name: string]: string | undefined } | null;
  readonly requestContext: RestApiRequestContext;
  readonly body: string | null;
  readonly isBase64Encoded: boolean;
}

/** What API Gateway knows about a request, in payload format 1.0. */
export interface RestApiRequestContext {
  readonly accountId: string;
  readonly apiId: string;
  readonly domainName?: string;
  readonly domainPrefix?: string;
  readonly httpMethod: string;
  readonly path: string;
  readonly requestId: string;
  readonly requestTime?: string;
  /** When the request arrived, in milliseconds since 1970. */
  readonly requestTimeEpoch: number;
  readonly resourcePath: string;
  readonly stage: string;
  /** The authorizer context. The shape depends on the authorizer. */
  readonly authorizer?: unknown;
  readonly identity: unknown;
}

/**
 * An event in payload format 2.0: from HTTP APIs and function URLs.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export interface HttpApiEvent {
  readonly version: string;
  /** The route that matched, for example `ANY /users/{proxy+}`, or `$default`. */
  readonly routeKey: string;
  /** The request's path: decoded from an HTTP API, percent-encoded from a function URL. */
  readonly rawPath: string;
  readonly rawQueryString: string;
  readonly cookies?: string[];
  readonly headers: { readonly [name: string]: string | undefined };
  readonly queryStringParameters?: { readonly [name: string]: string | undefined };
  readonly pathParameters?: { readonly [name: string]: string | undefined };
  readonly stageVariables?: { readonly [name: string]: string | undefined };
  readonly requestContext: HttpApiRequestContext;
  readonly body?: string;
  readonly isBase64Encoded: boolean;
}

/** What API Gateway, or the function URL, knows about a request, in payload format 2.0. */
export interface HttpApiRequestContext {
  readonly accountId: string;
  readonly apiId: string;
  readonly domainName: string;
  readonly domainPrefix: string;
  readonly http: {
    readonly method: string;
    readonly path: string;
    readonly protocol: string;
    readonly sourceIp: string;
    readonly userAgent: string;
  };
  readonly requestId: string;
  readonly routeKey: string;
  readonly stage: string;
  readonly time: string;
  /** When the request arrived, in milliseconds since 1970. */
  readonly timeEpoch: number;
  /** The authorizer context. The shape depends on the authorizer. */
  readonly authorizer?: unknown;
}

/** An event from any endpoint. `event.version === '2.0'` distinguishes the payload formats. */
export type ApiEvent = RestApiEvent | HttpApiEvent;

/** A direct invocation of the function can send anything. */
export function isHttpApiEvent(event: ApiEvent | undefined | null): event is HttpApiEvent {
  return event?.version === '2.0';
}
