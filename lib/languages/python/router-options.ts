import { RouterOptions, RoutersFromDirectoryOptions } from '../../routers/router-options';

/** Options for `PythonRouters.fromDirectory`. */
export interface PythonRoutersFromDirectoryOptions extends RoutersFromDirectoryOptions {
  /**
   * The name of the router in each module.
   *
   * @default "router"
   */
  readonly attribute?: string;
}

/** Options for `PythonRouters.fromMap`. */
export interface PythonRoutersFromMapOptions {
  /**
   * Options for single routers, by prefix: `{ '/api/v1/health': { preload: true } }`.
   *
   * Synthesis fails if a prefix matches no router.
   *
   * @default - no overrides
   */
  readonly overrides?: { [prefix: string]: RouterOptions };
}
