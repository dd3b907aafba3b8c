import { overlay, TemporaryDirectory } from './overlay';
import type { RouterKind } from '../../contract/router-kind';
import { LazyApiError } from '../../private/errors';
import type { MonolithCode } from '../../routers/router-code';
import { readManifest } from '../assembly/local-asset';
import { assetOf, SynthesizedApi } from '../assembly/synthesized-api';
import { LocalError } from '../local-error';
import { restoreCode } from '../rebuild/restore-code';

/** An API without lazy loading. */
export interface Monolith extends TemporaryDirectory {
  /** The size of its code, in bytes. Undefined if it is the code of the asset. */
  readonly bytes?: number;
}

/** Why there is no monolith. */
export interface NoMonolith {
  readonly note: string;
}

/**
 * Builds the monolith that the API would be without lazy loading, which loads all routers at once, with the same options and the same dispatch.
 *
 * @param asset the directory of the asset as this machine runs it; the other files that the routers need come from there
 */
export function buildMonolith(api: SynthesizedApi, asset: string): Monolith | NoMonolith {
  const code = monolithCode(api);
  return 'note' in code ? code : { ...overlay(asset, code.files), bytes: code.bytes };
}

/** If the sources are missing, or have changed so that they do not build, the asset can still be profiled. */
function monolithCode(api: SynthesizedApi): MonolithCode | NoMonolith {
  const kinds = readManifest(assetOf(api)).routers.flatMap(({ prefix, kind }) => (kind ? [[prefix, kind as RouterKind] as const] : []));
  try {
    const { code, options } = restoreCode(api);
    return code.buildMonolith?.(options.entry, new Map(kinds)) ?? { note: `the monolith is left out: routers in ${code.language} have none` };
  } catch (error) {
    if (!(error instanceof LazyApiError) && !(error instanceof LocalError)) throw error;
    return { note: `the monolith is left out, because its sources do not build: ${error.message}` };
  }
}
