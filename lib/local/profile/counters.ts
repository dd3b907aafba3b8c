import * as fs from 'node:fs';
import * as path from 'node:path';
import type { GraphChunk, ModuleGraph } from '../../contract/api-description';
import type { ApiManifest, ManifestRouter } from '../../contract/manifest';
import { postOrder } from '../../routers/load-graph';
import { readManifest } from '../assembly/local-asset';
import { readModuleGraph } from '../assembly/read-module-graph';
import { assetOf, SynthesizedApi } from '../assembly/synthesized-api';

/** Exact counts of what is loaded. Equal builds have equal counters on every machine. */
export interface Counters {
  /** The size of the code and of the installed packages. */
  readonly bytes: number;
  /** Code files, including those of the entry and of the runtime. */
  readonly files: number;
  /** Chunks of routers, shared chunks, and installed packages. */
  readonly chunks: number;
  /** Source files with bytes in the loaded code. An installed package counts as one. */
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
}

/** The module that Lambda loads first. The module graph does not contain it. */
const INDEX = 'index.mjs';

type Chunks = ReadonlyMap<string, GraphChunk>;

/** Counts what INIT and the routers of an API load, without running code. */
export function countApi(api: SynthesizedApi): CountedApi {
  const asset = assetOf(api);
  return countLoads(readManifest(asset), readModuleGraph(api), fs.statSync(path.join(asset, INDEX)).size);
}

/** @param indexBytes the size of the module that Lambda loads first */
export function countLoads(manifest: ApiManifest, graph: ModuleGraph, indexBytes: number): CountedApi {
  const index: GraphChunk = { file: INDEX, role: 'entry', bytes: indexBytes, imports: [], dynamicImports: [], inputs: {} };
  const chunks: Chunks = new Map([index, ...graph.chunks].map((chunk) => [chunk.file, chunk]));
  const init = closureOf(chunks, initFiles(manifest, chunks));
  const routers = manifest.routers.map((router) => {
    const needs = closureOf(chunks, [...router.chunks, ...router.dynamicChunks ?? [], ...packagesOf(manifest, router)]);
    const first = needs.filter((file) => !init.includes(file));
    return { prefix: router.prefix, entry: router.entry, needs: count(chunks, needs), first: count(chunks, first) };
  });
  const counted = [...chunks].map(([file, { role, bytes, inputs }]) => [file, { role, bytes, modules: withBytes(inputs) }] as const);
  return { init: count(chunks, init), routers, chunks: Object.fromEntries(counted) };
}

/** The entry, the files in the plan, and the parts of the runtime that the index imports. */
function initFiles({ preload, routers }: ApiManifest, chunks: Chunks): string[] {
  const entries = [...chunks.values()].filter(({ role }) => role === 'entry').map(({ file }) => file);
  const named = preload.decisions.filter((decision) => decision.preload).map(({ file }) => file);
  // A router that was not loaded may be of any kind.
  const hasFetch = routers.some(({ kind = 'fetch' }) => kind === 'fetch');
  const hasListener = routers.some(({ kind }) => kind === 'listener');
  const parts = [...hasFetch ? ['fetch.mjs'] : [], ...hasListener ? ['listener.mjs'] : []].filter((part) => chunks.has(part));
  return [...entries, ...parts, ...named];
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
    files: chunks.filter(({ role }) => role !== 'package').length,
    chunks: chunks.filter(({ role }) => role !== 'entry' && role !== 'runtime').length,
    modules: modules.size,
    loads,
  };
}

function withBytes(inputs: GraphChunk['inputs']): Record<string, number> {
  return Object.fromEntries(Object.entries(inputs).filter(([, bytes]) => bytes > 0));
}
