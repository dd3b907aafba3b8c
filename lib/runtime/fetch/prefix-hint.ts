/**
 * A router that is mounted at its prefix, and declares its prefix too, answers nothing but 404.
 */
import { createNotify, Notify } from './notices';
import { Log } from '../log';

/** Tells, once for each router, what may be wrong with a 404. `declares` says whether the router declares its prefix, where that is known. */
export type PrefixHint = (router: { readonly prefix: string; readonly stripPrefix: boolean }, status: number, declares?: boolean) => void;

export function createPrefixHint(log: Log, notify: Notify = createNotify(log)): PrefixHint {
  /** The prefixes of the routers that have answered something else than 404. */
  const proven = new Set<string>();
  return ({ prefix, stripPrefix }, status, declares) => {
    if (status !== 404) proven.add(prefix);
    else if (stripPrefix && prefix !== '/' && (declares ?? !proven.has(prefix))) hint(notify, prefix);
  };
}

/** Without the path: it may name a person. */
function hint(notify: Notify, router: string): void {
  notify('INFO', 'PREFIX_TWICE', `router ${router} answered 404: it is mounted at its prefix and sees the path below it; `
    + 'if it declares its own prefix, set stripPrefix to false', { router });
}
