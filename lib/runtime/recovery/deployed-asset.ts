/**
 * The asset that this code runs in: its manifest, and the URLs of its files.
 */
import { ApiManifest, MANIFEST_FILE } from '../../contract/manifest';

export interface DeployedAsset {
  urlOf(file: string): string;
  /** Undefined if the location of the asset is unknown, or if it has no readable manifest. */
  manifest(): ApiManifest | undefined;
}

export function createDeployedAsset(base: string): DeployedAsset {
  let manifest: ApiManifest | undefined;
  const urlOf = (file: string) => new URL(file, base).href;
  return {
    urlOf,
    manifest: () => {
      try {
        return (manifest ??= JSON.parse(process.getBuiltinModule('node:fs').readFileSync(new URL(urlOf(MANIFEST_FILE)), 'utf8')) as ApiManifest);
      } catch {
        return undefined;
      }
    },
  };
}
