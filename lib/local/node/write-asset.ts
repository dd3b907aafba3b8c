import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { linkExternals } from '../../languages/javascript/externals';
import { writeFiles } from '../../private/write-files';
import type { Asset } from '../../routers/asset/asset';
import type { InstalledFile } from '../../routers/built-code';
import { isForeign, LocalAsset } from '../assembly/local-asset';

export interface WrittenAsset {
  readonly asset: Asset;
  /** Modules that the code imports but the asset does not contain. */
  readonly externals: readonly string[];
  /** The architecture of the function. */
  readonly architecture: string;
  /** Packages of the project are looked up from here upward. */
  readonly lookupDirectory: string;
}

/** Writes a rebuilt asset to a separate directory. As in `localAsset`, packages come from the project where needed. */
export function writeAsset({ asset, externals, architecture, lookupDirectory }: WrittenAsset): LocalAsset {
  const scratch = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-lazy-api-')));
  const directory = path.join(scratch, 'asset');
  fs.mkdirSync(directory);
  writeFiles(asset.files, directory);
  if (!isForeign(architecture)) linkInstalled(asset.installedFiles, directory);
  linkExternals(externals, lookupDirectory, directory);
  return { directory, close: () => fs.rmSync(scratch, { recursive: true, force: true }) };
}

/** Links packages to their installation, which is much faster than copying them after each save. */
function linkInstalled(files: readonly InstalledFile[], directory: string): void {
  const roots = new Map(files.map(({ path: file, source }) => {
    const top = /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)![0];
    return [top, path.resolve(source).slice(0, -(file.length - top.length))];
  }));
  for (const [top, target] of roots) {
    const link = path.join(directory, top);
    fs.mkdirSync(path.dirname(link), { recursive: true });
    fs.symlinkSync(target, link, 'junction');
  }
}
