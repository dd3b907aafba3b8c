/**
 * What the function must know about its endpoint. Synthesis writes it into the generated entry, and the runtime uses it.
 */
export interface EndpointTraits {
  /**
   * Routes that API Gateway matches for several routers at once, like `/{proxy+}`, with the prefixes of these routers. One authorization applies to
   * all of them. The path selects one of them, and cannot reach any other router.
   */
  readonly greedyRoutes: { readonly [path: string]: readonly string[] };

  /** The prefixes whose events must contain the result of a JWT or Lambda authorizer. */
  readonly authorizedPrefixes: readonly string[];

  /**
   * The response to preflight requests, if `OPTIONS` routes without an authorizer lead to the function. The function responds itself, because these
   * routes have no router.
   */
  readonly preflight?: PreflightHeaders;

  /** Whether the endpoint streams responses. */
  readonly streaming: boolean;

  /** Whether all request bodies arrive base64-encoded, including text. */
  readonly binaryBodies: boolean;

  /** The CORS headers of responses, if the endpoint does not add them itself. */
  readonly cors?: CorsHeaders;
}

/** What sends events to the function. REST APIs use payload format 1.0, the others 2.0. */
export type EventSource = 'HTTP API' | 'REST API' | 'function URL';

/** https://fetch.spec.whatwg.org/#http-cors-protocol */
export interface CorsHeaders {
  /** Exact origins, or only `*`. */
  readonly allowOrigins: readonly string[];
  readonly allowCredentials: boolean;
  readonly exposeHeaders: readonly string[];
}

/** https://fetch.spec.whatwg.org/#http-responses */
export interface PreflightHeaders {
  /** Exact origins, or only `*`. Empty if only the endpoint knows them. */
  readonly allowOrigins: readonly string[];
  /** The headers that are the same for all origins. */
  readonly headers: { readonly [name: string]: string };
}

/** An endpoint with a route for each router, and none of the features above. */
export const PLAIN_ENDPOINT: EndpointTraits = { greedyRoutes: {}, authorizedPrefixes: [], streaming: false, binaryBodies: false };
