/**
 * The modules that only some environments need. Each is a file of its own in the asset, so that only those environments load it.
 *
 * They share only pure modules with the core. They get what has state, or is large, as an argument.
 */
import type * as Fetch from './fetch/fetch';
import type * as Recovery from './recovery/recovery';

export interface RuntimeParts {
  importFetch(): Promise<typeof Fetch>;
  importRecovery(): Promise<typeof Recovery>;
}

/** The build of the runtime turns these paths into package paths, which the user's build resolves to the built parts. */
export const PARTS: RuntimeParts = {
  importFetch: () => import('./fetch/fetch.js'),
  importRecovery: () => import('./recovery/recovery.js'),
};
