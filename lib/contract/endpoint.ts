/**
 * What the function must know of the API in front of it: the endpoint says it at synthesis, the runtime acts on it.
 */
export interface EndpointTraits {
  /**
   * Routes that API Gateway matches for several routers at once, like `/{proxy+}`, each with the prefixes of those routers.
   * One authorization holds for all of them; the path decides between them, and reaches no other router.
   */
  readonly greedyRoutes: { readonly [path: string]: readonly string[] };

  /** The prefixes whose events must carry what a JWT or Lambda authorizer found out. */
  readonly authorizedPrefixes: readonly string[];

  /**
   * What preflight requests are answered with, where `OPTIONS` routes, at which nobody is asked to authorise, lead to the function: it answers them
   * itself, for no router is behind them.
   */
  readonly preflight?: PreflightHeaders;

  /** Whether the front door passes an answer on while it is written. */
  readonly streaming: boolean;

  /** Whether all request bodies arrive in base64, text too. */
  readonly binaryBodies: boolean;

  /** The CORS headers of answers, where the front door does not add them itself. */
  readonly cors?: CorsHeaders;
}

/** https://fetch.spec.whatwg.org/#http-cors-protocol */
export interface CorsHeaders {
  /** Exact origins, or `*` alone. */
  readonly allowOrigins: readonly string[];
  readonly allowCredentials: boolean;
  readonly exposeHeaders: readonly string[];
}

/** https://fetch.spec.whatwg.org/#http-responses */
export interface PreflightHeaders {
  /** Exact origins, or `*` alone; empty where the front door alone knows them. */
  readonly allowOrigins: readonly string[];
  /** The headers that are the same for every origin. */
  readonly headers: { readonly [name: string]: string };
}

/** A front door that tells every route apart, without any of the above. */
export const PLAIN_ENDPOINT: EndpointTraits = { greedyRoutes: {}, authorizedPrefixes: [], streaming: false, binaryBodies: false };
