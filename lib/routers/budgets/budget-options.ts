/**
 * How many bytes of code a cold start may load. Synthesis fails where it is more, and tells the largest contributors, so that a cold start cannot
 * grow unseen. Bytes are those of the asset's files: minified, unless `bundling.minify` is false.
 */
export interface ColdStartBudgets {
  /**
   * The most that INIT may load: the entry, and the chunks that the preload plan names.
   *
   * @default - any
   */
  readonly initBytes?: number;

  /**
   * The most that each router may need: its own chunk and all that it shares, loaded in INIT or by its first request.
   *
   * @default - any
   */
  readonly routerBytes?: number;

  /**
   * The most that single routers may need, by their prefix, in place of `routerBytes`.
   *
   * @default - routerBytes
   */
  readonly routers?: { [prefix: string]: number };
}
