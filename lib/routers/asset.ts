import { Build } from './build';
import { CodeFile } from './built-code';
import { digestOf } from './digest';
import { describeBuild } from './manifest';
import { ApiManifest, MANIFEST_FILE } from '../contract/manifest';
import { RouterKinds } from '../contract/router-kind';

/** An asset in memory. It reaches the disk only after everything about it is known to be right. */
export interface Asset {
  readonly files: readonly CodeFile[];
  readonly manifest: ApiManifest;
  /** Equal assets have equal digests on every machine. */
  readonly digest: string;
}

/** Completes a build with the index and the manifest. */
export function assembleAsset(build: Build, kinds: RouterKinds): Asset {
  const index = build.code.renderIndex(build.plan, kinds);
  const manifest = describeBuild(build, kinds, index.contents.length);
  const files = [...build.built.files, ...build.built.installedFiles, index, manifestFile(manifest)].sort((a, b) => (a.path < b.path ? -1 : 1));
  return { files, manifest, digest: digestOf(files) };
}

export function manifestFile(manifest: ApiManifest): CodeFile {
  return { path: MANIFEST_FILE, contents: Buffer.from(`${JSON.stringify(manifest, undefined, 2)}\n`) };
}
