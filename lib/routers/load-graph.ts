import { BuiltCode, Chunk } from './built-code';
import { InternalError } from '../private/errors';

/** Which chunks a router needs, and which routers need a chunk. */
export interface LoadGraph {
  /** All code files, by file name. */
  readonly chunks: ReadonlyMap<string, Chunk>;
  /** By router name: every chunk that its first request needs, packages included, dependencies first, its own last. */
  readonly closures: ReadonlyMap<string, readonly string[]>;
  /** By chunk file: the names of the routers that cannot start without it. */
  readonly dependants: ReadonlyMap<string, readonly string[]>;
  /** The chunks that the entry itself imports. INIT loads them whatever the plan says. */
  readonly entry: readonly string[];
}

export function buildLoadGraph({ chunks, routerFiles }: Pick<BuiltCode, 'chunks' | 'routerFiles'>): LoadGraph {
  const byFile = new Map(chunks.map((chunk) => [chunk.file, chunk]));
  const closures = new Map([...routerFiles].map(([name, file]) => [name, postOrder(byFile, file)]));
  const dependants = new Map<string, string[]>(chunks.map(({ file }) => [file, []]));
  for (const [name, files] of closures) files.forEach((file) => dependants.get(file)!.push(name));
  const entries = chunks.filter(({ role }) => role === 'entry').map(({ file }) => file);
  return { chunks: byFile, closures, dependants, entry: [...new Set(entries.flatMap((file) => postOrder(byFile, file)))] };
}

/** The order in which the static imports of a module are evaluated. */
export function postOrder(chunks: ReadonlyMap<string, Chunk>, start: string): string[] {
  const order = new Set<string>();
  const visiting = new Set<string>();
  const visit = (file: string) => {
    const chunk = chunks.get(file);
    if (!chunk) throw new InternalError(`the build has no chunk "${file}"`);
    if (visiting.has(file)) return;
    visiting.add(file);
    chunk.imports.forEach(visit);
    order.add(file);
  };
  visit(start);
  return [...order];
}

/** Whether a chunk is a file that can be imported, and not a package. */
export function isCodeFile({ chunks }: LoadGraph, file: string): boolean {
  return chunks.get(file)!.role !== 'package';
}

/** The size of some chunks together, in bytes. */
export function bytesOf({ chunks }: LoadGraph, files: readonly string[]): number {
  return files.reduce((sum, file) => sum + chunks.get(file)!.bytes, 0);
}
