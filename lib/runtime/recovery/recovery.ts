/** Everything that only a failure needs. */
import { ImportUrl } from './chunk-loader';
import { ChunkRecovery, createChunkRecovery } from './chunk-recovery';
import { createDeployedAsset } from './deployed-asset';
import { endBeforeNext } from './end-process';
import type { Flights } from '../flights';

export interface Recovery extends ChunkRecovery {
  endBeforeNext(flights: Flights): Promise<void>;
}

/** The base is the URL of a file in the asset's root. It is empty if it is unknown. */
export function createRecovery(base: string, importUrl: ImportUrl = (url) => import(url)): Recovery {
  return { ...createChunkRecovery(createDeployedAsset(base), importUrl), endBeforeNext };
}
