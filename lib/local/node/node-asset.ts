import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { linkExternals, packageName } from '../../languages/javascript/externals';
import { findPackage } from '../../languages/javascript/find-package';
import { lookupDirectory } from '../../routers/project-root';
import { isForeign, LocalAsset, readManifest } from '../assembly/local-asset';
import { assetOf, projectOf, SynthesizedApi } from '../assembly/synthesized-api';

/**
 * The asset itself, if it contains everything that its code imports. Otherwise, a copy with links to packages of the project. The links replace
 * modules that a layer provides, and packages that are installed for the platform of the function if this machine has a different one.
 */
export function nodeAsset(api: SynthesizedApi): LocalAsset {
  const asset = assetOf(api);
  const lookup = lookupDirectoryOf(api);
  // A package that the project does not have is an optional dependency of another package.
  const externals = api.description.code.externals.filter((name) => findPackage(packageName(name), lookup) !== undefined);
  if (externals.length === 0) return { directory: asset, close: () => {} };
  const scratch = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-lazy-api-')));
  const directory = path.join(scratch, 'asset');
  const packages = path.join(asset, 'node_modules');
  fs.cpSync(asset, directory, { recursive: true, filter: (file) => file !== packages || !isForeign(api.description.function.architecture) });
  linkExternals(externals, lookup, directory);
  return { directory, close: () => fs.rmSync(scratch, { recursive: true, force: true }) };
}

/** Packages of the project are looked up from here upward. */
export function lookupDirectoryOf(api: SynthesizedApi): string {
  return lookupDirectory(readManifest(assetOf(api)).routers.map(({ entry }) => path.join(projectOf(api), entry)));
}
