/**
 * What can be said of any router.
 */
export interface RouterOptions {
  /**
   * Load this router, and everything that it imports, during INIT in every environment.
   *
   * For a router that nearly every cold start asks for, such as the one behind a load balancer's health check.
   *
   * @default - the preload policy decides
   */
  readonly preload?: boolean;

  /**
   * The share of cold starts whose first request is for this router, as a fraction: more than 0, at most 1.
   *
   * It weighs the preload plan. The routers without a share divide what is left equally.
   *
   * @default - an equal part of what the other routers' shares leave
   */
  readonly trafficShare?: number;

  /**
   * Whether a fetch router sees paths relative to its prefix, as with `use` in Express or `mount` in Hono.
   *
   * Set it to false for a router that declares its routes with the whole path. Lambda proxy handlers always get the raw event.
   *
   * @default true
   */
  readonly stripPrefix?: boolean;
}

/**
 * One router of `Routers.fromMap`.
 */
export interface RouterProps extends RouterOptions {
  /**
   * The router's module: its default export, or the export named `handler`, is a Lambda proxy handler or an object with a
   * `fetch` method.
   *
   * A relative path is resolved from the directory in which the CDK app runs, like the path of `Code.fromAsset`.
   */
  readonly entry: string;
}

/**
 * Options of `Routers.fromDirectory`.
 */
export interface RoutersFromDirectoryOptions {
  /**
   * The path below which all routers are mounted: `/api/v1` serves `users.ts` at `/api/v1/users`.
   *
   * @default "/"
   */
  readonly basePath?: string;

  /**
   * Options for single routers, by their name in the directory: `{ health: { preload: true } }` for `health.ts`.
   *
   * A name that matches no router fails.
   *
   * @default - no overrides
   */
  readonly overrides?: { [name: string]: RouterOptions };
}
