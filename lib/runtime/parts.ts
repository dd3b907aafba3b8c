/**
 * The modules that only some environments need. Each is a separate file in the asset, so that only those environments load it.
 *
 * They share only pure modules with the core. They receive anything that is large, or has state, as an argument.
 */
import type { FetchPart } from './fetch/fetch';
import type { ListenerPart } from './listener/listener';
import type { PartTools } from './part-tools';
import type * as Recovery from './recovery/recovery';

/** The module of a part that serves routers. */
export interface RouterPart<Part> {
  createPart(tools: PartTools): Part;
}

/** Imports each of them. */
export interface RuntimeParts {
  fetch(): Promise<RouterPart<FetchPart>>;
  listener(): Promise<RouterPart<ListenerPart>>;
  recovery(): Promise<typeof Recovery>;
}

/** The build of the runtime turns these paths into package paths, which the user's build resolves to the built parts. */
export const PARTS: RuntimeParts = {
  fetch: () => import('./fetch/fetch.js'),
  listener: () => import('./listener/listener.js'),
  recovery: () => import('./recovery/recovery.js'),
};
