/**
 * The asset that this code runs in: where its chunks lie, and the manifest.
 */
import { ApiManifest, MANIFEST_FILE } from '../contract/manifest';

export interface Asset {
  urlOf(file: string): string;
  /** None when it is not known where the asset is, or when it has no readable manifest. */
  readonly manifest: ApiManifest | undefined;
}

export function createAsset(base: string): Asset {
  const urlOf = (file: string) => new URL(file, base).href;
  return { urlOf, manifest: readManifest(urlOf) };
}

function readManifest(urlOf: Asset['urlOf']): ApiManifest | undefined {
  try {
    return JSON.parse(process.getBuiltinModule('node:fs').readFileSync(new URL(urlOf(MANIFEST_FILE)), 'utf8')) as ApiManifest;
  } catch {
    return undefined;
  }
}
