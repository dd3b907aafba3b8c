import { createHash } from 'crypto';
import { Build } from '../languages/javascript/bundle';
import { BuildFile } from '../languages/javascript/bundler';
import { INDEX_FILE, renderIndex } from '../languages/javascript/entry-source';
import { describeBundle, RouterKinds } from './manifest';
import { ApiManifest, MANIFEST_FILE } from '../contract/manifest';

/** An asset in memory: it reaches the disk only once everything about it is known to be right. */
export interface Asset {
  readonly files: readonly BuildFile[];
  readonly manifest: ApiManifest;
  /** Of all files: equal assets have equal digests on every machine. */
  readonly digest: string;
}

/** Completes a build with the index and the manifest. A router whose kind is not known may be of either. */
export function assembleAsset({ routers, result, graph, plan }: Build, kinds: RouterKinds = new Map()): Asset {
  const fetch = routers.some(({ prefix }) => (kinds.get(prefix) ?? 'fetch') === 'fetch');
  const code = [...result.files, textFile(INDEX_FILE, renderIndex({ ...plan, fetch }))];
  const manifest = describeBundle(graph, routers, plan, code, kinds);
  const files = [...code, textFile(MANIFEST_FILE, `${JSON.stringify(manifest, undefined, 2)}\n`)]
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return { files, manifest, digest: digestOf(files) };
}

function textFile(file: string, text: string): BuildFile {
  return { path: file, contents: Buffer.from(text) };
}

function digestOf(files: readonly BuildFile[]): string {
  const hash = createHash('sha256');
  for (const file of files) {
    hash.update(`${file.path}\0${file.contents.length}\0`);
    hash.update(file.contents);
  }
  return hash.digest('hex');
}
