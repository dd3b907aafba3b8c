import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { assetOf, projectOf, SynthesizedApi } from './synthesized-api';
import { ApiManifest, MANIFEST_FILE } from '../../contract/manifest';
import { linkExternals, packageName } from '../../languages/javascript/externals';
import { findPackage } from '../../languages/javascript/find-package';
import { lookupDirectory } from '../../routers/project-root';
import { LocalError } from '../local-error';

/** The code of a function, as this machine can run it. */
export interface LocalAsset {
  readonly directory: string;
  close(): void;
}

/**
 * The asset itself, if it contains everything that its code imports. Otherwise, a copy with links to packages of the project. The links replace
 * modules that a layer provides, and packages that are installed for the platform of the function if this machine has a different one.
 */
export function localAsset(api: SynthesizedApi): LocalAsset {
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

/** Whether native code for a Lambda architecture does not run on this machine. */
export function isForeign(architecture: string): boolean {
  return process.platform !== 'linux' || process.arch !== (architecture === 'arm64' ? 'arm64' : 'x64');
}

/** Packages of the project are looked up from here upward. */
export function lookupDirectoryOf(api: SynthesizedApi): string {
  return lookupDirectory(readManifest(assetOf(api)).routers.map(({ entry }) => path.join(projectOf(api), entry)));
}

export function readManifest(asset: string): ApiManifest {
  const manifest = parseManifest(asset);
  // `cdk synth` also writes a file with this name into cdk.out itself.
  if (Array.isArray(manifest.routers)) return manifest as ApiManifest;
  throw noAssetError(asset, `its ${MANIFEST_FILE} names no routers`);
}

function parseManifest(asset: string): Partial<ApiManifest> {
  try {
    return JSON.parse(fs.readFileSync(path.join(asset, MANIFEST_FILE), 'utf8')) as Partial<ApiManifest>;
  } catch (error) {
    throw noAssetError(asset, (error as Error).message);
  }
}

function noAssetError(asset: string, reason: string): LocalError {
  return new LocalError(`${asset} must be the asset of a LazyApiFunction, like cdk.out/asset.3f1c: ${reason}; run "npx cdk synth"`);
}
