import type { GraphChunk, GraphOrigin, ModuleGraph } from '../../contract/api-description';
import type { ApiManifest, ManifestRouter } from '../../contract/manifest';
import { postOrder } from '../../routers/load-graph';
import { readManifest } from '../assembly/local-asset';
import { readModuleGraph } from '../assembly/read-module-graph';
import { assetOf, SynthesizedApi } from '../assembly/synthesized-api';

/** Exact counts of what is loaded. Equal builds have equal counters on every machine. */
export interface Counters {
  /** The size of the code and of the installed packages. */
  readonly bytes: number;
  /** Code files, including those of the entry and of the runtime. In Python, modules. */
  readonly files: number;
  /** Chunks with code: of routers, shared chunks, and installed packages. In Python, modules of the project, and groups of modules of a package. */
  readonly chunks: number;
  /** Source files with bytes in the loaded code. A package that is installed next to the bundle counts as one. */
  readonly modules: number;
}

export const COUNTERS = ['bytes', 'files', 'chunks', 'modules'] as const satisfies ReadonlyArray<keyof Counters>;

/** What is loaded at one stage. */
export interface Loaded extends Counters {
  /** The code files and packages. */
  readonly loads: readonly string[];
}

export interface CountedRouter {
  readonly prefix: string;
  /** The source file, relative to the project root. */
  readonly entry: string;
  /** Everything that its first request needs, whether or not INIT loads it. */
  readonly needs: Loaded;
  /** The part of this that INIT does not load. */
  readonly first: Loaded;
}

/** A code file or an installed package. */
export interface CountedChunk {
  readonly role: GraphChunk['role'];
  readonly bytes: number;
  /** By source file: its bytes. */
  readonly modules: Readonly<Record<string, number>>;
}

export interface CountedApi {
  readonly init: Loaded;
  /** Sorted by prefix. */
  readonly routers: readonly CountedRouter[];
  /** By code file or directory of a package. */
  readonly chunks: Readonly<Record<string, CountedChunk>>;
  /** Where the source files come from that do not belong to the project. */
  readonly origins: readonly GraphOrigin[];
}

type Chunks = ReadonlyMap<string, GraphChunk>;

/** Counts what INIT and the routers of an API load, without running code. */
export function countApi(api: SynthesizedApi): CountedApi {
  return countLoads(readManifest(assetOf(api)), readModuleGraph(api));
}

export function countLoads(manifest: ApiManifest, graph: ModuleGraph): CountedApi {
  const chunks: Chunks = new Map(graph.chunks.map((chunk) => [chunk.file, chunk]));
  const init = closureOf(chunks, initFiles(manifest, chunks));
  const routers = manifest.routers.map((router) => {
    const needs = closureOf(chunks, [...router.chunks, ...router.dynamicChunks ?? [], ...packagesOf(manifest, router)]);
    const first = needs.filter((file) => !init.includes(file));
    return { prefix: router.prefix, entry: router.entry, needs: count(chunks, needs), first: count(chunks, first) };
  });
  const counted = [...chunks].map(([file, { role, bytes, inputs }]) => [file, { role, bytes, modules: withBytes(inputs) }] as const);
  return { init: count(chunks, init), routers, chunks: Object.fromEntries(counted), origins: graph.origins };
}

/** The entry, with everything that it imports, and the files in the plan. */
function initFiles({ preload }: ApiManifest, chunks: Chunks): string[] {
  const entries = [...chunks.values()].filter(({ role }) => role === 'entry').map(({ file }) => file);
  const named = preload.decisions.filter((decision) => decision.preload).map(({ file }) => file);
  return [...entries, ...named];
}

function packagesOf({ packages = [] }: ApiManifest, { prefix }: ManifestRouter): string[] {
  return packages.filter(({ routers }) => routers.includes(prefix)).map(({ directory }) => directory);
}

function closureOf(chunks: Chunks, files: readonly string[]): string[] {
  return [...new Set(files.flatMap((file) => postOrder(chunks, file)))];
}

function count(all: Chunks, loads: readonly string[]): Loaded {
  const chunks = loads.map((file) => all.get(file)!);
  const modules = new Set(chunks.flatMap(({ inputs }) => Object.keys(withBytes(inputs))));
  return {
    bytes: chunks.reduce((sum, { bytes }) => sum + bytes, 0),
    files: chunks.reduce((sum, { files }) => sum + files, 0),
    chunks: chunks.filter(({ role, bytes }) => role !== 'entry' && role !== 'runtime' && bytes > 0).length,
    modules: modules.size,
    loads,
  };
}

function withBytes(inputs: GraphChunk['inputs']): Record<string, number> {
  return Object.fromEntries(Object.entries(inputs).filter(([, bytes]) => bytes > 0));
}
