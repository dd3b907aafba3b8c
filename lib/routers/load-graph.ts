import { BuildEntry, Chunk, routerFile } from '../languages/javascript/bundler';
import { InternalError } from '../private/errors';

/** Which chunks a router needs, and which routers need a chunk. */
export interface ChunkGraph {
  /** All code files, by file name. */
  readonly chunks: ReadonlyMap<string, Chunk>;
  /** By router name: every chunk that its first request needs, dependencies first, its own last. */
  readonly closures: ReadonlyMap<string, readonly string[]>;
  /** By chunk file: the names of the routers that cannot start without it. */
  readonly dependants: ReadonlyMap<string, readonly string[]>;
  /** The chunks that the entry itself imports: they are loaded in INIT whatever the plan says. */
  readonly entry: readonly string[];
}

export function buildChunkGraph(chunks: readonly Chunk[], main: string, routers: readonly BuildEntry[]): ChunkGraph {
  const byFile = new Map(chunks.map((chunk) => [chunk.file, chunk]));
  const closures = new Map(routers.map(({ name }) => [name, postOrder(byFile, routerFile(name))]));
  const dependants = new Map<string, string[]>(chunks.map(({ file }) => [file, []]));
  for (const [name, files] of closures) files.forEach((file) => dependants.get(file)!.push(name));
  return { chunks: byFile, closures, dependants, entry: postOrder(byFile, main) };
}

/** The order in which Node evaluates a module's static imports. */
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
