/**
 * Imports the chunks of routers that have failed to load, with a limited number of attempts.
 *
 * Node.js caches a failed evaluation for the chunk that threw and for all chunks that import it. A chunk that threw, a culprit, is evaluated again
 * under a new URL, but not too soon and not too often, because each attempt leaks a copy. A chunk that rejects with the same error object as a
 * culprit is its victim. Its own code never ran, so it gets a new URL as soon as the culprit is healthy. Healthy chunks keep their single instance.
 */
import { canRedirectChunks, redirectChunk } from './chunk-redirects';

/** Imports chunks by URL, regardless of the results of earlier imports. */
export type ImportUrl = (url: string) => Promise<unknown>;

/** A chunk whose own code fails. */
export class ChunkFailure {
  constructor(readonly file: string, readonly error: unknown) {}
}

export interface ChunkLoader {
  /** Call it with the dependencies of a chunk before the chunk. Rejects with a `ChunkFailure`. */
  import(file: string): Promise<unknown>;
  /** Whether the chunk fails and is not a victim. The next import of a `forgotten` chunk evaluates it again. */
  probe(file: string, forgotten: boolean): Promise<ChunkFailure | undefined>;
}

interface ChunkState {
  readonly file: string;
  readonly original: string;
  /** The URL that it is currently imported from. */
  url: string;
  /** The number of new URLs that it has received. */
  renewals: number;
  /** The number of failures of its own code. */
  failures: number;
  failedAt: number;
  error?: unknown;
  /** Shared by all routers that wait for it. */
  pending?: Promise<unknown>;
}

/** The errors of culprits, which identify their victims. */
type Blamed = Set<unknown>;

/** Delays in milliseconds after the first, second, and third failure. After the fourth failure, there is no further attempt. */
const WAITS = [1_000, 10_000, 60_000];

/** An error in the code does not go away, and a missing file does not appear. */
const PERMANENT = /^(ERR_)?MODULE_NOT_FOUND$|^ERR_(PACKAGE|UNSUPPORTED|UNKNOWN)_|^ENOENT$/;

export function createChunkLoader(urlOf: (file: string) => string, importUrl: ImportUrl): ChunkLoader {
  const chunks = new Map<string, ChunkState>();
  const blamed: Blamed = new Set();

  function chunkOf(file: string): ChunkState {
    const original = urlOf(file);
    const chunk = chunks.get(file) ?? { file, original, url: original, renewals: 0, failures: 0, failedAt: 0 };
    chunks.set(file, chunk);
    return chunk;
  }

  return {
    import(file) {
      const chunk = chunkOf(file);
      return (chunk.pending ??= evaluate(chunk, importUrl, blamed).finally(() => { chunk.pending = undefined; }));
    },
    probe(file, forgotten) {
      const chunk = chunkOf(file);
      return importUrl(chunk.url).then(() => undefined, (error: unknown) => {
        if (forgotten) renew(chunk);
        return blamed.has(error) ? undefined : blame(chunk, error, blamed);
      });
    },
  };
}

async function evaluate(chunk: ChunkState, importUrl: ImportUrl, blamed: Blamed): Promise<unknown> {
  if (chunk.failures && !mayRetry(chunk)) throw new ChunkFailure(chunk.file, chunk.error);
  try {
    const module = await importOrRenew(chunk, importUrl, blamed);
    chunk.failures = 0;
    return module;
  } catch (error) {
    throw blame(chunk, error, blamed);
  }
}

/** Its dependencies are healthy, so the error of a culprit is a cached one, and the culprit has recovered. */
async function importOrRenew(chunk: ChunkState, importUrl: ImportUrl, blamed: Blamed): Promise<unknown> {
  if (!chunk.failures) {
    try {
      return await importUrl(chunk.url);
    } catch (error) {
      if (!blamed.has(error)) throw error;
    }
  }
  renew(chunk);
  return importUrl(chunk.url);
}

function blame(chunk: ChunkState, error: unknown, blamed: Blamed): ChunkFailure {
  chunk.failures++;
  chunk.failedAt = Date.now();
  chunk.error = error;
  blamed.add(error);
  return new ChunkFailure(chunk.file, error);
}

function renew(chunk: ChunkState): void {
  chunk.url = `${chunk.original}?attempt=${++chunk.renewals}`;
  redirectChunk(chunk.original, chunk.url);
}

function mayRetry({ failures, failedAt, error }: ChunkState): boolean {
  const permanent = error instanceof SyntaxError || PERMANENT.test(String((error as { code?: unknown } | undefined)?.code));
  return !permanent && failures <= WAITS.length && Date.now() - failedAt >= WAITS[failures - 1] && canRedirectChunks();
}
