import { ApiManifest, MANIFEST_VERSION, ManifestChunk, ManifestPackage, ManifestRouter } from '../../contract/manifest';
import { RouterKind, RouterKinds } from '../../contract/router-kind';
import { Build } from '../build';
import { Chunk } from '../built-code';
import { contentsOf } from '../contents';
import { bytesOf, isCodeFile } from '../load-graph';
import { neededShare } from '../preload/needed-share';
import { ResolvedRouter } from '../resolve-routers';

/** How many packages and files of a chunk the manifest names. */
const MAX_CONTENTS = 5;

/** Describes a build. `indexBytes` is the size of the index module, which is not part of the build. */
export function describeBuild(build: Build, kinds: RouterKinds, indexBytes: number): ApiManifest {
  const { code: { routers }, graph, plan } = build;
  const chunks = [...graph.chunks.values()].sort((a, b) => (a.file < b.file ? -1 : 1));
  const packages = chunks.filter(({ role }) => role === 'package');
  return {
    version: MANIFEST_VERSION,
    routers: routers.map((router) => describeRouter(build, router, kinds.get(router.prefix))),
    sharedChunks: chunks.filter(({ role }) => role === 'shared').map((chunk) => describeChunk(build, chunk)),
    ...packages.length > 0 && { packages: packages.map((chunk) => describePackage(build, chunk)) },
    preload: { policy: plan.policy, initBytes: plan.initBytes, decisions: [...plan.decisions] },
    totalBytes: indexBytes + chunks.reduce((sum, { bytes }) => sum + bytes, 0),
    neededShare: neededShare(build),
  };
}

function describeRouter({ built, graph }: Build, router: ResolvedRouter, kind: RouterKind | undefined): ManifestRouter {
  const { prefix, name, entry, isApplication } = router;
  const file = built.routerFiles.get(name)!;
  const closure = graph.closures.get(name)!;
  const needs = graph.needs.get(name)!;
  const isChunk = (chunk: string) => isCodeFile(graph, chunk);
  const dynamicChunks = needs.slice(closure.length).filter(isChunk);
  return {
    prefix,
    name,
    entry,
    ...kind && { kind },
    ...isApplication && { isApplication },
    file,
    bytes: bytesOf(graph, [file]),
    totalBytes: bytesOf(graph, needs),
    chunks: closure.filter(isChunk),
    ...dynamicChunks.length > 0 && { dynamicChunks },
  };
}

function describeChunk(build: Build, chunk: Chunk): ManifestChunk {
  const contents = contentsOf([chunk], build.built).slice(0, MAX_CONTENTS).map(({ name }) => name);
  return { file: chunk.file, bytes: chunk.bytes, routers: dependantsOf(build, chunk), contents };
}

function describePackage(build: Build, chunk: Chunk): ManifestPackage {
  return { directory: chunk.file, bytes: chunk.bytes, routers: dependantsOf(build, chunk) };
}

function dependantsOf({ code, graph }: Build, { file }: Chunk): string[] {
  const dependants = graph.dependants.get(file)!;
  return code.routers.filter(({ name }) => dependants.includes(name)).map(({ prefix }) => prefix);
}
