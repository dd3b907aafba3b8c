/** Options for a router, wherever it is declared. */
export interface RouterOptions {
  /**
   * Whether INIT loads this router, with everything that it imports, in every environment.
   *
   * Enable this for a router that nearly every cold start needs, such as one that responds to a load balancer's health checks.
   *
   * @default - the preload policy decides
   */
  readonly preload?: boolean;

  /**
   * The share of cold starts whose first request is for this router: a fraction more than 0, at most 1.
   *
   * The preload plan uses the share as a weight. Routers without a share divide the remainder equally.
   *
   * @default - an equal part of the remainder
   */
  readonly trafficShare?: number;

  /**
   * Whether a fetch router or a framework app receives paths relative to its prefix, as with `use` in Express or `mount` in Hono.
   *
   * Set this to false for a router that declares its routes with the full path. Lambda proxy handlers always receive the unchanged event.
   *
   * @default true
   */
  readonly stripPrefix?: boolean;
}

/** Properties for a router in `Routers.fromMap`. */
export interface RouterProps extends RouterOptions {
  /**
   * The path of the router's module. Its default export, or its export named `handler`, must be a Lambda proxy handler, an object with a `fetch`
   * method, or the app of a server framework. A Node.js request listener can also be exported as `listener`.
   *
   * A relative path is resolved from the directory that the CDK app runs in, as in `Code.fromAsset`.
   */
  readonly entry: string;
}

/** Options for `Routers.fromDirectory`. */
export interface RoutersFromDirectoryOptions {
  /**
   * The base path of all routers: with `/api/v1`, `users.ts` serves `/api/v1/users`.
   *
   * @default "/"
   */
  readonly basePath?: string;

  /**
   * Options for single routers, by their name in the directory: `{ health: { preload: true } }` for `health.ts`.
   *
   * Synthesis fails if a name matches no router.
   *
   * @default - no overrides
   */
  readonly overrides?: { [name: string]: RouterOptions };
}
