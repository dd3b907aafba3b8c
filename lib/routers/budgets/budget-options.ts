/**
 * Limits on the bytes of code that a cold start can load. If a cold start would load more, synthesis fails and names the largest contributors, so
 * cold starts cannot grow unnoticed.
 *
 * Sizes are those of the files in the asset, which are minified unless `bundling.minify` is false.
 */
export interface ColdStartBudgets {
  /**
   * The maximum number of bytes that INIT can load: the entry file and the chunks that the preload plan selects.
   *
   * @default - no limit
   */
  readonly initBytes?: number;

  /**
   * The maximum number of bytes that each router can need: its own chunk and all shared chunks, whether INIT or its first request loads them.
   *
   * @default - no limit
   */
  readonly routerBytes?: number;

  /**
   * The maximum number of bytes that single routers can need, by prefix. This overrides `routerBytes`.
   *
   * @default - routerBytes
   */
  readonly routers?: { [prefix: string]: number };
}
