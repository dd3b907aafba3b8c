import * as fs from 'node:fs';
import * as path from 'node:path';
import { ApiManifest, MANIFEST_FILE } from '../../contract/manifest';
import { LocalError } from '../local-error';

/** The code of a function, as this machine can run it. */
export interface LocalAsset {
  readonly directory: string;
  /** A directory with packages that replace those of the asset. Undefined if the asset's own, if any, work on this machine. */
  readonly packages?: string;
  /** What differs from Lambda, for the user. */
  readonly notes?: readonly string[];
  close(): void;
}

/** Whether native code for a Lambda architecture does not run on this machine. */
export function isForeign(architecture: string): boolean {
  return process.platform !== 'linux' || process.arch !== (architecture === 'arm64' ? 'arm64' : 'x64');
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
  return new LocalError(`${asset} must be the asset of a LazyApiFunction or LazyPythonApiFunction, like cdk.out/asset.3f1c: ${reason}; `
    + 'run "npx cdk synth"');
}
