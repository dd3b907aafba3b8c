import { BuiltCode, Chunk } from './built-code';
import { ObservedImport } from './preload/observed-import';
import { InternalError } from '../private/errors';

/** Which chunks a router needs, and which routers need a chunk. */
export interface LoadGraph {
  /** All code files, by file name. */
  readonly chunks: ReadonlyMap<string, Chunk>;
  /** By router name: all chunks that are required to load it, including packages, dependencies first, its own chunk last. */
  readonly closures: ReadonlyMap<string, readonly string[]>;
  /** By router name: its closure, followed by the chunks that its first request imports dynamically, as shown by smoke requests. */
  readonly needs: ReadonlyMap<string, readonly string[]>;
  /** By chunk file: the names of the routers that need it for their first request. */
  readonly dependants: ReadonlyMap<string, readonly string[]>;
  /** By chunk file: its dynamic imports that smoke requests have shown. */
  readonly observed: ReadonlyMap<string, readonly string[]>;
  /** The chunks that the entry itself imports. INIT loads them regardless of the plan. */
  readonly entry: readonly string[];
}

type Chunks = LoadGraph['chunks'];

/** A dynamic import that was observed counts for every router with the importing chunk; see docs/adr/0023-dynamic-imports.md. */
export function buildLoadGraph(
  { chunks, routerFiles }: Pick<BuiltCode, 'chunks' | 'routerFiles'>, imports: readonly ObservedImport[] = [],
): LoadGraph {
  const byFile = new Map(chunks.map((chunk) => [chunk.file, chunk]));
  const observed = observedOf(chunks, imports);
  const closures = new Map([...routerFiles].map(([name, file]) => [name, postOrder(byFile, file)]));
  const needs = new Map([...closures].map(([name, closure]) => [name, withObserved(byFile, closure, observed)]));
  const dependants = new Map<string, string[]>(chunks.map(({ file }) => [file, []]));
  for (const [name, files] of needs) files.forEach((file) => dependants.get(file)!.push(name));
  const entries = chunks.filter(({ role }) => role === 'entry').map(({ file }) => file);
  const entry = [...new Set(entries.flatMap((file) => postOrder(byFile, file)))];
  return { chunks: byFile, closures, needs, dependants, observed, entry };
}

function observedOf(chunks: readonly Chunk[], imports: readonly ObservedImport[]): LoadGraph['observed'] {
  const seen = new Set(imports.map(({ from, file }) => `${from} ${file}`));
  return new Map(chunks.map(({ file, dynamicImports = [] }) => [file, dynamicImports.filter((imported) => seen.has(`${file} ${imported}`))]));
}

function withObserved(chunks: Chunks, closure: readonly string[], observed: LoadGraph['observed']): string[] {
  const needed = new Set(closure);
  // The loop also visits elements that are added while it runs.
  for (const file of needed) {
    for (const later of observed.get(file)!) postOrder(chunks, later).forEach((added) => needed.add(added));
  }
  return [...needed];
}

/** The order in which the static imports of a module are evaluated. */
export function postOrder(chunks: Chunks, start: string): string[] {
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

/** Whether a chunk is a file that can be imported, as opposed to a package. */
export function isCodeFile({ chunks }: LoadGraph, file: string): boolean {
  return chunks.get(file)!.role !== 'package';
}

/** Whether routers need a chunk only because a smoke request has shown it. */
export function isDynamic({ closures, entry }: LoadGraph, file: string): boolean {
  return !entry.includes(file) && ![...closures.values()].some((closure) => closure.includes(file));
}

/** The total size of some chunks, in bytes. */
export function bytesOf({ chunks }: LoadGraph, files: readonly string[]): number {
  return files.reduce((sum, file) => sum + chunks.get(file)!.bytes, 0);
}
