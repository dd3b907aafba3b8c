/**
 * Loads each router once: concurrent first requests share one load, a loaded router is remembered, a failure is not.
 */
import { ChunkRecovery } from './chunk-recovery';
import { Router, toRouter } from './router-module';
import { LazyRoute } from '../contract/entry';

export type RouterLoader = (route: LazyRoute) => Promise<Router>;

interface State {
  router?: Router;
  pending?: Promise<Router>;
  /** Why the plain import failed. It will for ever, so it is not used again. */
  failure?: { readonly error: unknown };
}

export function createRouterLoader(recovery: ChunkRecovery): RouterLoader {
  const states = new Map<string, State>();

  async function importRouter(route: LazyRoute, state: State): Promise<unknown> {
    if (!state.failure) {
      try {
        return await route.load();
      } catch (error) {
        state.failure = { error };
      }
    }
    return recovery.importRouter(route.prefix, state.failure.error);
  }

  async function load(route: LazyRoute, state: State): Promise<Router> {
    try {
      return (state.router = toRouter(await importRouter(route, state), route.prefix));
    } finally {
      state.pending = undefined;
    }
  }

  return async (route) => {
    let state = states.get(route.prefix);
    if (!state) states.set(route.prefix, (state = {}));
    return state.router ?? (state.pending ??= load(route, state));
  };
}
