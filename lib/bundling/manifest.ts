import { BuildFile, Chunk, routerFile } from './bundler';
import { ChunkGraph } from './chunk-graph';
import { MAIN_FILE, RUNTIME_PARTS } from './entry-source';
import { PreloadPlan } from './preload-plan';
import { ResolvedRouter } from './resolve-routers';
import { RouterKind } from '../contract/entry';
import { ApiManifest, MANIFEST_VERSION, ManifestChunk, ManifestRouter } from '../contract/manifest';

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
  const notShared = new Set([...routers.map(({ name }) => routerFile(name)), MAIN_FILE, ...Object.values(RUNTIME_PARTS)]);
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

function describeChunk({ file, bytes, inputs }: Chunk, routers: string[]): ManifestChunk {
  const sizes = new Map<string, number>();
  for (const [input, size] of Object.entries(inputs)) {
    const name = contentName(input);
    sizes.set(name, (sizes.get(name) ?? 0) + size);
  }
  const contents = [...sizes].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, MOST_CONTENTS).map(([name]) => name);
  return { file, bytes, routers, contents };
}

/** The package of a file below node_modules, else the file. */
function contentName(input: string): string {
  if (input.startsWith('<data:')) return 'cdk-lazy-api/runtime';
  const pkg = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1];
  return pkg ?? input;
}
