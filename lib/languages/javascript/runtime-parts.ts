import { FETCH_FILE, LISTENER_FILE } from './entry-source';
import { RouterKinds } from '../../contract/router-kind';
import { ResolvedRouter } from '../../routers/resolve-routers';

/** The parts of the runtime that INIT loads for routers of these kinds. */
export interface RuntimeParts {
  readonly fetch: boolean;
  readonly listener: boolean;
}

/** A router that was not loaded may be of any kind. */
export function runtimeParts(routers: readonly ResolvedRouter[], kinds: RouterKinds): RuntimeParts {
  const fetch = routers.some(({ prefix }) => (kinds.get(prefix) ?? 'fetch') === 'fetch');
  return { fetch, listener: [...kinds.values()].includes('listener') };
}

/** The chunks of these parts. */
export function filesOfParts({ fetch, listener }: RuntimeParts): string[] {
  return [...fetch ? [FETCH_FILE] : [], ...listener ? [LISTENER_FILE] : []];
}
