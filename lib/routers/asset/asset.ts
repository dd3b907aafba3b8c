import { Build } from '../build';
import { CodeFile, InstalledFile } from '../built-code';
import { toModuleGraph } from '../module-graph';
import { digestOf } from './digest';
import { describeBuild } from './manifest';
import type { ModuleGraph } from '../../contract/api-description';
import { ApiManifest, MANIFEST_FILE } from '../../contract/manifest';
import { RouterKinds } from '../../contract/router-kind';

/** An asset. Its code is in memory, and is written to disk only after all checks have passed. */
export interface Asset {
  readonly files: readonly CodeFile[];
  /** The files of packages that are installed for Lambda. */
  readonly installedFiles: readonly InstalledFile[];
  readonly manifest: ApiManifest;
  /** What the code files consist of. The asset does not contain it. */
  readonly modules: ModuleGraph;
  /** Equal assets have equal digests on every machine. */
  readonly digest: string;
}

/** Completes a build with the index and the manifest. */
export function assembleAsset(build: Build, kinds: RouterKinds): Asset {
  const { built } = build;
  const index = build.code.renderIndex(build.plan, kinds);
  const manifest = describeBuild(build, kinds, index.contents.length);
  const files = sortedByPath([...built.files, index, manifestFile(manifest)]);
  const installedFiles = sortedByPath(built.installedFiles);
  return { files, installedFiles, manifest, modules: toModuleGraph(built, index), digest: digestOf(files, installedFiles) };
}

function sortedByPath<T extends { readonly path: string }>(files: readonly T[]): T[] {
  return [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
}

export function manifestFile(manifest: ApiManifest): CodeFile {
  return { path: MANIFEST_FILE, contents: Buffer.from(`${JSON.stringify(manifest, undefined, 2)}\n`) };
}
