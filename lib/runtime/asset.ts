/**
 * The asset that this code runs in: where its chunks lie, and the manifest, read when a router first fails to load.
 */
import { ApiManifest, MANIFEST_FILE } from '../contract/manifest';

export interface Asset {
  /** Says where the asset is. Until then nothing is known of it. */
  locate(base: string): void;
  urlOf(file: string): string;
  /** None when the asset was not located, or has no readable manifest. */
  manifest(): ApiManifest | undefined;
}

export function createAsset(): Asset {
  let base = '';
  let manifest: ApiManifest | undefined;
  const urlOf = (file: string) => new URL(file, base).href;
  return {
    locate: (url) => { base = url; },
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
