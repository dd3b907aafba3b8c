/** A router in the table. It is loaded once, when it is first needed. */
import { Router, toRouter } from './router-module';
import { LazyRoute } from '../../contract/javascript/entry';
import { CodedError } from '../failures/coded-error';
import type { ListenerPart } from '../listener/listener';
import { once } from '../once';
import type { Recovery } from '../recovery/recovery';

export interface LazyRouter extends Omit<LazyRoute, 'load'> {
  /** Whether the router is loaded. */
  readonly isReady: boolean;
  /** Concurrent first requests share one load. A loaded router is cached, but a failure is not. */
  load(): Promise<Router>;
}

export type LoadRecovery = () => Promise<Pick<Recovery, 'importRouter'>>;
export type LoadListener = () => Promise<ListenerPart>;

export function createLazyRouter(route: LazyRoute, loadRecovery: LoadRecovery, loadListener: LoadListener): LazyRouter {
  const { prefix } = route;
  /** Why the plain import failed. Node.js caches the failure, so the import is not used again. */
  let failure: { readonly cause: unknown } | undefined;

  async function importModule(): Promise<unknown> {
    try {
      if (!failure) return await route.load();
    } catch (cause) {
      failure = { cause };
    }
    const recovery = await loadRecovery().catch(() => undefined);
    if (recovery) return recovery.importRouter(prefix, failure!.cause);
    throw new CodedError('ROUTER_LOAD_FAILED', `router ${prefix} cannot be loaded`, { router: prefix, ...failure });
  }

  const load = once(async () => {
    const module = await importModule();
    const loaded = toRouter(module) ?? await (await loadListener()).toRouter(module, route);
    router.isReady = true;
    return loaded;
  });
  const router = { ...route, isReady: false, load };
  return router;
}
