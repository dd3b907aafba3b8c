/** A router that is mounted at its prefix, and also declares its prefix, responds only with 404. */
import type { Notify } from './notices';

/** Logs, once for each router, what may be wrong with a 404. `declares` returns whether the router declares its prefix, if that is known. */
export type PrefixHint = (router: string, stripped: boolean, status: number, declares?: () => boolean | undefined) => void;

export function createPrefixHint(notify: Notify): PrefixHint {
  /** The routers that have responded with a status other than 404. */
  const proven = new Set<string>();
  return (router, stripped, status, declares) => {
    if (status !== 404) {
      proven.add(router);
    } else if (stripped && router !== '/' && (declares?.() ?? !proven.has(router))) {
      // Omits the path, because it may name a person.
      notify('INFO', 'PREFIX_TWICE', `router ${router} responded with 404: it is mounted at its prefix and sees the path below it; `
        + 'if it declares its own prefix, set stripPrefix to false', { router });
    }
  };
}
