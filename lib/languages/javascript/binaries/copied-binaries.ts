import { LazyApiError } from '../../../private/errors';
import { LambdaCpu } from '../../../routers/binaries/binary-platform';
import { areAllForeign, SortedBinaries, sortBinaries } from '../../../routers/binaries/sort-binaries';
import { CodeFile } from '../../../routers/built-code';
import { originOf } from '../origin';

/** Source files by the files of the asset that are copies of them. */
export type CopiedFrom = Readonly<Record<string, string>>;

/**
 * Returns the files without the foreign binaries that a loader copied next to a matching one of the same package. Throws an error if none of a
 * package's binaries matches.
 */
export function withoutForeignBinaries(files: readonly CodeFile[], sources: CopiedFrom, cpu: LambdaCpu): CodeFile[] {
  const foreign = new Set<string>();
  for (const [owner, copied] of byOwner(files, sources)) {
    const sorted = sortBinaries(copied, cpu);
    if (areAllForeign(sorted)) throw foreignError(owner, sorted, sources, cpu);
    for (const file of sorted.foreign.keys()) foreign.add(file);
  }
  return files.filter(({ path }) => !foreign.has(path));
}

function byOwner(files: readonly CodeFile[], sources: CopiedFrom): Map<string, CodeFile[]> {
  const owners = new Map<string, CodeFile[]>();
  for (const file of files) {
    const source = sources[file.path];
    if (source === undefined) continue;
    const owner = originOf(source).name;
    owners.set(owner, [...owners.get(owner) ?? [], file]);
  }
  return owners;
}

function foreignError(owner: string, { foreign }: SortedBinaries, sources: CopiedFrom, cpu: LambdaCpu): LazyApiError {
  const [[file, platform]] = foreign;
  const { kind } = originOf(sources[file]);
  const remedy = kind === 'package' ? `add "${owner}" to bundling.nodeModules, which installs it for the function` : 'build it for the function';
  return new LazyApiError(
    'BINARY_FOREIGN',
    `${sources[file]} must be for Linux ${cpu} with glibc, as the function is, got a binary for ${platform}; ${remedy}`,
  );
}
