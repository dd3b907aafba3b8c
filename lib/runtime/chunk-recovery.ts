/**
 * Finds the chunk that keeps a router from loading, and gives it further chances.
 *
 * Node remembers a failed evaluation for ever, for the chunk that threw and for all that import it, and a fresh URL for
 * the router's own chunk does not help when it was a shared chunk that threw. So the router's chunks are imported one by
 * one, dependencies first. The first that rejects is the culprit: it is evaluated again under a fresh URL, not too soon
 * and not too often, for each attempt leaks a copy. A chunk that rejects with a culprit's very error is its victim: its
 * own code never ran, so it gets a fresh URL as soon as the culprit is healthy. Healthy chunks keep their one instance.
 */
import { Asset } from './asset';
import { canRedirectChunks, redirectChunk } from './chunk-redirects';
import { CodedError } from './coded-error';

export interface ChunkRecovery {
  /** Imports a router that failed to load with this error, chunk by chunk; rejects with a coded error that names the culprit. */
  importRouter(prefix: string, error: unknown): Promise<unknown>;
  /** Those of these chunks, dependencies first, that fail and are not victims. Gives nobody another chance. */
  findCulprits(files: readonly string[]): Promise<Culprit[]>;
}

export interface Culprit {
  readonly file: string;
  readonly error: unknown;
}

interface Chunk {
  readonly original: string;
  /** Where it is imported from now. */
  url: string;
  /** How many fresh URLs it was given. */
  renewals: number;
  /** How often its own code failed. */
  failures: number;
  failedAt: number;
  error?: unknown;
  /** Shared by all routers that wait for it. */
  pending?: Promise<unknown>;
}

/** Milliseconds after the first, the second and the third failure. After the fourth there is no further attempt. */
const WAITS = [1_000, 10_000, 60_000];

/** Wrong code does not heal, and a file that is not there does not come. */
const PERMANENT = /^(ERR_)?MODULE_NOT_FOUND$|^ERR_(PACKAGE|UNSUPPORTED|UNKNOWN)_|^ENOENT$/;

class ChunkFailure {
  constructor(readonly file: string, readonly error: unknown) {}
}

export function createChunkRecovery(asset: Asset, importUrl: (url: string) => Promise<unknown>): ChunkRecovery {
  const chunks = new Map<string, Chunk>();
  /** The errors of culprits: a chunk that rejects with one of them is a victim. */
  const blamed = new Set<unknown>();

  function chunkOf(file: string): Chunk {
    let chunk = chunks.get(file);
    if (!chunk) {
      const original = asset.urlOf(file);
      chunks.set(file, (chunk = { original, url: original, renewals: 0, failures: 0, failedAt: 0 }));
    }
    return chunk;
  }

  function blame(chunk: Chunk, error: unknown): void {
    chunk.failures++;
    chunk.failedAt = Date.now();
    chunk.error = error;
    blamed.add(error);
  }

  /** All chunks before this one in the walk are healthy: a culprit's error here is a memory of one that has recovered. */
  async function importOrRenew(chunk: Chunk): Promise<unknown> {
    if (!chunk.failures) {
      try {
        return await importUrl(chunk.url);
      } catch (error) {
        if (!blamed.has(error)) throw error;
      }
    }
    chunk.url = `${chunk.original}?attempt=${++chunk.renewals}`;
    redirectChunk(chunk.original, chunk.url);
    return importUrl(chunk.url);
  }

  async function evaluate(file: string, chunk: Chunk): Promise<unknown> {
    if (chunk.failures && !mayRetry(chunk)) throw new ChunkFailure(file, chunk.error);
    try {
      const module = await importOrRenew(chunk);
      chunk.failures = 0;
      return module;
    } catch (error) {
      blame(chunk, error);
      throw new ChunkFailure(file, error);
    }
  }

  function importChunk(file: string): Promise<unknown> {
    const chunk = chunkOf(file);
    return (chunk.pending ??= evaluate(file, chunk).finally(() => { chunk.pending = undefined; }));
  }

  return {
    async importRouter(prefix, error) {
      const files = asset.manifest()?.routers.find((router) => router.prefix === prefix)?.chunks;
      if (!files) throw loadFailed(prefix, undefined, error);
      try {
        let module: unknown;
        for (const file of files) module = await importChunk(file);
        return module;
      } catch (failure) {
        throw failure instanceof ChunkFailure ? loadFailed(prefix, failure.file, failure.error) : failure;
      }
    },

    async findCulprits(files) {
      const culprits: Culprit[] = [];
      for (const file of files) {
        const chunk = chunkOf(file);
        await importUrl(chunk.url).catch((error: unknown) => {
          if (blamed.has(error)) return;
          blame(chunk, error);
          culprits.push({ file, error });
        });
      }
      return culprits;
    },
  };
}

function mayRetry({ failures, failedAt, error }: Chunk): boolean {
  const permanent = error instanceof SyntaxError || PERMANENT.test(String((error as { code?: unknown } | undefined)?.code));
  return !permanent && failures <= WAITS.length && Date.now() - failedAt >= WAITS[failures - 1] && canRedirectChunks();
}

function loadFailed(router: string, chunk: string | undefined, cause: unknown): CodedError {
  const where = chunk === undefined ? '' : `, chunk ${chunk} failed`;
  const hint = canRedirectChunks() ? '' : '; it is not tried again, for this version of Node has no module.registerHooks';
  return new CodedError('ROUTER_LOAD_FAILED', `router ${router} cannot be loaded${where}${hint}`, { router, chunk }, { cause });
}
