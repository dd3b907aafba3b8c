import * as fs from 'fs';
import * as path from 'path';
import { Lock } from './lock/lock';
import { IndexOptions, LockedRequirement } from './requirements/requirement';
import { replaceFile } from '../../../routers/cache/replace-file';
import { sha256 } from '../../../routers/cache/sha256';

/** Changes when requirements are read in another way. */
const VERSION = 1;

interface Remembered {
  readonly requirements: readonly LockedRequirement[];
  /** The digests of further files that were read. */
  readonly reads: Readonly<Record<string, string>>;
}

/** A lock file after it is read. */
export interface ReadLock {
  readonly lock: Lock;
  readonly requirements: readonly LockedRequirement[];
  /** Where its packages come from. Reads the lock file again if it was remembered. */
  indexes(): IndexOptions;
}

/** A password or token in an address. */
const CREDENTIALS = /:\/\/[^/"]*@|[?&][^"&]*(token|key|secret|sig)/i;

/**
 * Reads a lock file, or returns what was read before from an equal one: the tool that exports it takes up to a second. Where packages come from may
 * contain credentials, so it is not kept.
 */
export function rememberedRequirements(lock: Lock, cache: string, python?: string): ReadLock {
  const file = path.join(cache, `lock-${digestOfLock(lock)}.json`);
  const remembered = read(file);
  if (remembered !== undefined) return { lock, requirements: remembered, indexes: once(() => lock.tool.export(lock, python).indexes) };
  const { requirements, reads, indexes } = lock.tool.export(lock, python);
  remember(file, requirements, reads);
  return { lock, requirements, indexes: () => indexes };
}

function once<T>(get: () => T): () => T {
  let got: { readonly value: T } | undefined;
  return () => (got ??= { value: get() }).value;
}

/** Equal for equal contents of the lock file and of what it must match, at the same place. */
function digestOfLock(lock: Lock): string {
  const { directory, projectDirectory, tool, text } = lock;
  const reads = tool.reads(lock).map((file) => [path.relative(directory, file), digestOfFile(file)]);
  return sha256(JSON.stringify([VERSION, tool.title, path.relative(directory, projectDirectory), text, reads]));
}

function remember(file: string, requirements: readonly LockedRequirement[], reads: readonly string[]): void {
  const text = JSON.stringify({ requirements, reads: Object.fromEntries(reads.map((one) => [one, digestOfFile(one)])) } satisfies Remembered);
  if (!CREDENTIALS.test(text)) replaceFile(file, text);
}

function read(file: string): readonly LockedRequirement[] | undefined {
  if (!fs.existsSync(file)) return undefined;
  const { requirements, reads } = JSON.parse(fs.readFileSync(file, 'utf8')) as Remembered;
  return Object.entries(reads).every(([other, digest]) => digestOfFile(other) === digest) ? requirements : undefined;
}

function digestOfFile(file: string): string {
  return fs.existsSync(file) ? sha256(fs.readFileSync(file)) : 'none';
}
