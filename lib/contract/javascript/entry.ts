/**
 * What the generated entry hands to the runtime: the seam between bundling and Lambda.
 */

import { EndpointTraits } from '../endpoint';

/** One row of the lazy route table. */
export interface LazyRoute {
  /** The path prefix that the router serves. */
  readonly prefix: string;
  /** Imports the router's chunk. */
  readonly load: () => Promise<unknown>;
  /** False: a fetch router sees the whole path instead of the path below its prefix. */
  readonly stripPrefix?: false;
  /** Imports the router's Express, if it may export `express.Router()`, which needs an app around it. */
  readonly express?: () => Promise<unknown>;
  /** True: only events with authorizer context are served. */
  readonly authorized?: true;
}

/** The table that the generated entry passes to the runtime. */
export interface LazyRouteTable {
  readonly routes: readonly LazyRoute[];
  /** See {@link EndpointTraits}. */
  readonly greedyRoutes?: EndpointTraits['greedyRoutes'];
}

/** What the generated `index.mjs` asks of INIT. */
export interface InitPlan {
  /** The URL of the asset's `index.mjs`: where the manifest and the chunks lie. */
  readonly base: string;
  /** Imports of the chunks that the preload plan names. */
  readonly chunks: ReadonlyArray<() => Promise<unknown>>;
  /** The prefixes of the routers that the preload plan loads completely. */
  readonly routers: readonly string[];
  /** Whether a router is, or may be, a fetch router: INIT then loads what those need, once for all of them. */
  readonly fetch: boolean;
}
