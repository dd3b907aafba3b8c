import { BuildFile, Chunk, routerFile } from '../languages/javascript/bundler';
import { ChunkGraph } from './load-graph';
import { contentsOf } from './contents';
import { MAIN_FILE } from '../languages/javascript/entry-source';
import { PreloadPlan } from './preload-plan';
import { ResolvedRouter } from './resolve-routers';
import { RouterKind } from '../contract/entry';
import { ApiManifest, MANIFEST_VERSION, ManifestChunk, ManifestRouter } from '../contract/manifest';
import { runtimeModulesFor } from '../contract/runtime-modules';

/** By prefix, as far as they are known. */
export type RouterKinds = ReadonlyMap<string, RouterKind>;

/** How many of a chunk's packages and files the manifest names. */
const MOST_CONTENTS = 5;

export function describeBundle(
  graph: ChunkGraph,
  routers: readonly ResolvedRouter[],
  plan: PreloadPlan,
  files: readonly BuildFile[],
  kinds: RouterKinds,
): ApiManifest {
  const notShared = new Set([...routers.map(({ name }) => routerFile(name)), MAIN_FILE, ...runtimeModulesFor('part').map((file) => `${file}.mjs`)]);
  const prefixes = new Map(routers.map(({ name, prefix }) => [name, prefix]));
  return {
    version: MANIFEST_VERSION,
    routers: routers.map((router) => describeRouter(graph, router, kinds.get(router.prefix))),
    sharedChunks: [...graph.chunks.values()]
      .filter(({ file }) => !notShared.has(file))
      .sort((a, b) => (a.file < b.file ? -1 : 1))
      .map((chunk) => describeChunk(chunk, graph.dependants.get(chunk.file)!.map((name) => prefixes.get(name)!))),
    preload: { policy: plan.policy, decisions: [...plan.decisions] },
    totalBytes: files.filter(({ path }) => path.endsWith('.mjs')).reduce((sum, { contents }) => sum + contents.length, 0),
  };
}

function describeRouter(graph: ChunkGraph, { prefix, name, entry }: ResolvedRouter, kind: RouterKind | undefined): ManifestRouter {
  const file = routerFile(name);
  const chunks = [...graph.closures.get(name)!];
  return {
    prefix,
    name,
    entry,
    ...kind && { kind },
    file,
    bytes: graph.chunks.get(file)!.bytes,
    totalBytes: chunks.reduce((sum, chunk) => sum + graph.chunks.get(chunk)!.bytes, 0),
    chunks,
  };
}

function describeChunk(chunk: Chunk, routers: string[]): ManifestChunk {
  const { file, bytes } = chunk;
  const contents = contentsOf([chunk]).slice(0, MOST_CONTENTS).map(({ name }) => name);
  return { file, bytes, routers, contents };
}
