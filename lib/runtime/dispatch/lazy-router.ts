/**
 * A router's row in the table, and the router itself: loaded once, when it is first asked.
 */
import { CodedError } from '../failures/coded-error';
import { once } from '../once';
import type { Recovery } from '../recovery/recovery';
import { Router, toRouter } from './router-module';
import { LazyRoute } from '../../contract/entry';

export interface Route extends Omit<LazyRoute, 'load'> {
  /** Whether the router is there. */
  readonly isLoaded: boolean;
  /** Concurrent first requests share one load, a loaded router is remembered, a failure is not. */
  loadRouter(): Promise<Router>;
}

export type LoadRecovery = () => Promise<Pick<Recovery, 'importRouter'>>;

export function createRoute({ load, ...route }: LazyRoute, loadRecovery: LoadRecovery): Route {
  const importModule = createModuleImporter(load, route.prefix, loadRecovery);
  const loadRouter = once(async () => {
    const router = toRouter(await importModule(), route.prefix);
    row.isLoaded = true;
    return router;
  });
  const row = { ...route, isLoaded: false, loadRouter };
  return row;
}

function createModuleImporter(load: LazyRoute['load'], router: string, loadRecovery: LoadRecovery): () => Promise<unknown> {
  /** Why the plain import failed. It will for ever, so it is not used again. */
  let failure: { readonly cause: unknown } | undefined;

  return async () => {
    try {
      if (!failure) return await load();
    } catch (cause) {
      failure = { cause };
    }
    const recovery = await loadRecovery().catch(() => undefined);
    if (recovery) return recovery.importRouter(router, failure!.cause);
    throw new CodedError('ROUTER_LOAD_FAILED', `router ${router} cannot be loaded`, { router, ...failure });
  };
}
