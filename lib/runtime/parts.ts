/**
 * The modules that only some environments need. Each is a file of its own in the asset, so that nobody else pays for it.
 *
 * They share no modules with the core but pure ones: what has state, or is large, is handed over.
 */
import type * as Fetch from './fetch/fetch';
import type * as Recovery from './recovery/recovery';

export interface RuntimeParts {
  importFetch(): Promise<typeof Fetch>;
  importRecovery(): Promise<typeof Recovery>;
}

/** The build of the runtime makes package paths of these, which the user's build resolves to the built parts. */
export const PARTS: RuntimeParts = {
  importFetch: () => import('./fetch/fetch.js'),
  importRecovery: () => import('./recovery/recovery.js'),
};
