/**
 * Loads a router that has failed to load, chunk by chunk. A new URL for the router's own chunk would not help if a shared chunk threw. The manifest
 * lists a router's chunks with dependencies first, so the first chunk that rejects is the culprit.
 */
import { ChunkFailure, ChunkLoader, createChunkLoader, ImportUrl } from './chunk-loader';
import { canRedirectChunks } from './chunk-redirects';
import { DeployedAsset } from './deployed-asset';
import { ApiManifest } from '../../contract/manifest';
import { CodedError } from '../failures/coded-error';

export interface ChunkRecovery {
  /** Imports a router that failed to load with this error. Rejects with a coded error that names the culprit. */
  importRouter(prefix: string, error: unknown): Promise<unknown>;
  /** Finds what keeps the preloaded chunks from loading. */
  findCulprits(): Promise<CodedError[]>;
}

export function createChunkRecovery(asset: DeployedAsset, importUrl: ImportUrl): ChunkRecovery {
  const chunks = createChunkLoader(asset.urlOf, importUrl);
  return {
    async importRouter(prefix, error) {
      const files = asset.manifest()?.routers.find((router) => router.prefix === prefix)?.chunks;
      try {
        if (!files) throw new ChunkFailure('', error);
        return await importInOrder(files, chunks);
      } catch (failure) {
        throw failure instanceof ChunkFailure ? loadError(prefix, failure) : failure;
      }
    },

    async findCulprits() {
      const manifest = asset.manifest();
      if (!manifest) return [];
      const needed = new Set(manifest.routers.flatMap((router) => router.chunks));
      const culprits: CodedError[] = [];
      for (const file of preloadedFiles(manifest)) {
        // User code imports the chunks that no router needs to load. It must not see a failure from INIT.
        const failure = await chunks.probe(file, !needed.has(file));
        if (failure) culprits.push(preloadError(failure, manifest));
      }
      return culprits;
    },
  };
}

async function importInOrder(files: readonly string[], chunks: ChunkLoader): Promise<unknown> {
  let module: unknown;
  for (const file of files) module = await chunks.import(file);
  return module;
}

/** Dependencies first, as in the lists of every router. */
function preloadedFiles({ routers, preload: { decisions } }: ApiManifest): string[] {
  const preloaded = decisions.filter(({ preload }) => preload).map(({ file }) => file);
  const files = [...routers.flatMap(({ chunks }) => chunks), ...routers.flatMap(({ dynamicChunks = [] }) => dynamicChunks), ...preloaded];
  return [...new Set(files)].filter((file) => preloaded.includes(file));
}

function preloadError({ file, error }: ChunkFailure, manifest: ApiManifest): CodedError {
  const routers = manifest.routers.filter(({ chunks }) => chunks.includes(file)).map(({ prefix }) => prefix);
  return new CodedError('ROUTER_LOAD_FAILED', `chunk ${file} failed in INIT`, { chunk: file, routers, cause: error });
}

function loadError(router: string, { file, error }: ChunkFailure): CodedError {
  const where = file && `, chunk ${file} failed`;
  const hint = canRedirectChunks() ? '' : '; it is not tried again, for this version of Node has no module.registerHooks';
  return new CodedError('ROUTER_LOAD_FAILED', `router ${router} cannot be loaded${where}${hint}`, { router, chunk: file || undefined, cause: error });
}
