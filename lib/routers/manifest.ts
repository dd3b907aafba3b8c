import { Build } from './build';
import { Chunk } from './built-code';
import { contentsOf } from './contents';
import { bytesOf } from './load-graph';
import { ResolvedRouter } from './resolve-routers';
import { ApiManifest, MANIFEST_VERSION, ManifestChunk, ManifestRouter } from '../contract/manifest';
import { RouterKind, RouterKinds } from '../contract/router-kind';

/** How many packages and files of a chunk the manifest names. */
const MAX_CONTENTS = 5;

/** Describes a build. `indexBytes` is the size of the index module, which is not part of the build. */
export function describeBuild(build: Build, kinds: RouterKinds, indexBytes: number): ApiManifest {
  const { code: { routers }, graph, plan } = build;
  const chunks = [...graph.chunks.values()].sort((a, b) => (a.file < b.file ? -1 : 1));
  return {
    version: MANIFEST_VERSION,
    routers: routers.map((router) => describeRouter(build, router, kinds.get(router.prefix))),
    sharedChunks: chunks.filter(({ role }) => role === 'shared').map((chunk) => describeChunk(build, chunk)),
    preload: { policy: plan.policy, decisions: [...plan.decisions] },
    totalBytes: indexBytes + chunks.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

function describeRouter({ built, graph }: Build, { prefix, name, entry }: ResolvedRouter, kind: RouterKind | undefined): ManifestRouter {
  const file = built.routerFiles.get(name)!;
  const chunks = [...graph.closures.get(name)!];
  return { prefix, name, entry, ...kind && { kind }, file, bytes: bytesOf(graph, [file]), totalBytes: bytesOf(graph, chunks), chunks };
}

function describeChunk({ code, built, graph }: Build, chunk: Chunk): ManifestChunk {
  const { file, bytes } = chunk;
  const dependants = graph.dependants.get(file)!;
  return {
    file,
    bytes,
    routers: code.routers.filter(({ name }) => dependants.includes(name)).map(({ prefix }) => prefix),
    contents: contentsOf([chunk], built).slice(0, MAX_CONTENTS).map(({ name }) => name),
  };
}
