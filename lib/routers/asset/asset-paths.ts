import { AssetFile } from './asset-files';
import { LazyApiError } from '../../private/errors';

/** Throws an error if a declared file has the path of a generated or another declared file, or of a directory that such a file is in. */
export function checkAssetPaths(files: readonly AssetFile[], generated: readonly string[]): void {
  const owners = new Map<string, string>();
  const folders = new Map<string, string>();
  const claim = (path: string, owner: string) => {
    const above = foldersOf(path);
    const taken = [path, ...above].find((place) => owners.has(place));
    const other = taken === undefined ? folders.get(path) : owners.get(taken);
    if (other !== undefined) throw collision(owner, path, { path: taken ?? `${path}/`, owner: other });
    owners.set(path, owner);
    for (const folder of above) folders.set(folder, owner);
  };
  for (const path of generated) claim(path, 'the code');
  for (const { path, declaredBy } of files) claim(path, declaredBy);
}

/** The directories above a path, without the root. */
function foldersOf(path: string): string[] {
  return path.split('/').slice(0, -1).map((_, i, parts) => parts.slice(0, i + 1).join('/'));
}

function collision(prop: string, path: string, other: { readonly path: string; readonly owner: string }): LazyApiError {
  return new LazyApiError(
    'BUNDLING_FILES',
    `${prop} must have a separate place in the asset, got "${path}", but "${other.path}" belongs to ${other.owner}; choose another target`,
  );
}
