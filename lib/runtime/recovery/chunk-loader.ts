/**
 * The chunks of routers that have failed to load, and their further chances.
 *
 * Node remembers a failed evaluation for ever, for the chunk that threw and for all that import it. A chunk that threw,
 * a culprit, is evaluated again under a fresh URL: not too soon and not too often, for each attempt leaks a copy. A
 * chunk that rejects with a culprit's very error is its victim: its own code never ran, so it gets a fresh URL as soon as
 * the culprit is healthy. Healthy chunks keep their one instance.
 */
import { canRedirectChunks, redirectChunk } from './chunk-redirects';

/** Imports chunks by URL, whatever the outcome of earlier imports. */
export type ImportUrl = (url: string) => Promise<unknown>;

/** A chunk that rejects on its own account. */
export class ChunkFailure {
  constructor(readonly file: string, readonly error: unknown) {}
}

export interface Chunks {
  /** To be called with the dependencies of a chunk before the chunk; rejects with a `ChunkFailure`. */
  import(file: string): Promise<unknown>;
  /** Whether the chunk fails and is no victim. Gives no further chance. */
  probe(file: string): Promise<ChunkFailure | undefined>;
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

export function createChunks(urlOf: (file: string) => string, importUrl: ImportUrl): Chunks {
  const chunks = new Map<string, Chunk>();
  /** The errors of culprits, by which their victims are known. */
  const blamed = new Set<unknown>();

  function chunkOf(file: string): Chunk {
    let chunk = chunks.get(file);
    if (!chunk) {
      const original = urlOf(file);
      chunks.set(file, (chunk = { original, url: original, renewals: 0, failures: 0, failedAt: 0 }));
    }
    return chunk;
  }

  function blame(file: string, chunk: Chunk, error: unknown): ChunkFailure {
    Object.assign(chunk, { failures: chunk.failures + 1, failedAt: Date.now(), error });
    blamed.add(error);
    return new ChunkFailure(file, error);
  }

  /** Its dependencies are healthy, so a culprit's error is a memory of one that has recovered. */
  async function importOrRenew(chunk: Chunk): Promise<unknown> {
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

  async function evaluate(file: string, chunk: Chunk): Promise<unknown> {
    if (chunk.failures && !mayRetry(chunk)) throw new ChunkFailure(file, chunk.error);
    try {
      const module = await importOrRenew(chunk);
      chunk.failures = 0;
      return module;
    } catch (error) {
      throw blame(file, chunk, error);
    }
  }

  return {
    import(file) {
      const chunk = chunkOf(file);
      return (chunk.pending ??= evaluate(file, chunk).finally(() => { chunk.pending = undefined; }));
    },
    probe(file) {
      const chunk = chunkOf(file);
      return importUrl(chunk.url).then(
        () => undefined,
        (error: unknown) => (blamed.has(error) ? undefined : blame(file, chunk, error)),
      );
    },
  };
}

function renew(chunk: Chunk): void {
  chunk.url = `${chunk.original}?attempt=${++chunk.renewals}`;
  redirectChunk(chunk.original, chunk.url);
}

function mayRetry({ failures, failedAt, error }: Chunk): boolean {
  const permanent = error instanceof SyntaxError || PERMANENT.test(String((error as { code?: unknown } | undefined)?.code));
  return !permanent && failures <= WAITS.length && Date.now() - failedAt >= WAITS[failures - 1] && canRedirectChunks();
}
