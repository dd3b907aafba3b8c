import * as fs from 'fs';
import * as path from 'path';
import { replaceFile } from '../../../routers/cache/replace-file';
import { sha256 } from '../../../routers/cache/sha256';
import { Lock } from './lock/lock';
import { LockedRequirement, Requirements } from './requirements/requirement';

/** Changes when requirements are read in another way. */
const VERSION = 1;

interface Remembered {
  readonly requirements: readonly LockedRequirement[];
  /** The digests of further files that were read. */
  readonly reads: Readonly<Record<string, string>>;
}

/** A password or token in an address. */
const CREDENTIALS = /:\/\/[^/"]*@|[?&][^"&]*(token|key|secret|sig)/i;

/**
 * Reads a lock file, or returns what was read before from an equal one: the tool that exports it takes up to a second. Where packages come from may
 * contain credentials, so it is not kept.
 */
export function rememberedRequirements(lock: Lock, cache: string): readonly LockedRequirement[] {
  const file = path.join(cache, `lock-${digestOfLock(lock)}.json`);
  const remembered = read(file);
  if (remembered !== undefined) return remembered;
  const { requirements, reads } = lock.tool.export(lock);
  remember(file, requirements, reads);
  return requirements;
}

/** Reads a lock file again, with what is not kept. */
export function exportRequirements(lock: Lock): Requirements {
  return lock.tool.export(lock);
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
