/** What the generated entry passes to the runtime. This is the interface between bundling and Lambda. */

import { EndpointTraits } from '../endpoint';

/** One row of the lazy route table. */
export interface LazyRoute {
  /** The prefix of the router. */
  readonly prefix: string;
  /** Imports the router's chunk. */
  readonly load: () => Promise<unknown>;
  /** False: a fetch router receives the full path instead of the path below its prefix. */
  readonly stripPrefix?: false;
  /** Imports the Express that the router uses, if the router may export `express.Router()`, which needs an app around it. */
  readonly express?: () => Promise<unknown>;
  /** True: serves only events with authorizer context. */
  readonly authorized?: true;
}

/** The table that the generated entry passes to the runtime. */
export interface LazyRouteTable {
  readonly routes: readonly LazyRoute[];
  /** See {@link EndpointTraits}. */
  readonly greedyRoutes?: EndpointTraits['greedyRoutes'];
}

/** What the generated `index.mjs` loads in INIT. */
export interface InitPlan {
  /** The URL of the asset's `index.mjs`, which is next to the manifest and the chunks. */
  readonly base: string;
  /** Imports of the chunks that the preload plan names. */
  readonly chunks: ReadonlyArray<() => Promise<unknown>>;
  /** The prefixes of the routers that the preload plan loads completely. */
  readonly routers: readonly string[];
  /** Whether a router is, or may be, a fetch router. INIT then loads what fetch routers need, once for all of them. */
  readonly fetch: boolean;
}
