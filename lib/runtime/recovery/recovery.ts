/**
 * All that only a failure needs.
 */
import { createAsset } from './deployed-asset';
import { ChunkRecovery, createChunkRecovery } from './chunk-recovery';
import { ImportUrl } from './chunk-loader';
import { endBeforeNext } from './end-process';
import type { Flights } from '../flights';

export interface Recovery extends ChunkRecovery {
  endBeforeNext(flights: Flights): Promise<void>;
}

/** The base is the URL of a file of the asset's root; it is empty when nobody told. */
export function createRecovery(base: string, importUrl: ImportUrl = (url) => import(url)): Recovery {
  return { ...createChunkRecovery(createAsset(base), importUrl), endBeforeNext };
}
