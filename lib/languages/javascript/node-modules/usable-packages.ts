import { checkHasBinaries } from './check-has-binaries';
import { TreePackage } from './read-tree';
import { LazyApiError } from '../../../private/errors';
import { LambdaCpu } from '../../../routers/binaries/binary-platform';
import { areAllForeign, SortedBinaries, sortBinaries } from '../../../routers/binaries/sort-binaries';

/** How many foreign binaries an error names. */
const BINARIES_SHOWN = 5;

/**
 * Removes foreign binaries, and optional packages that have only foreign binaries. Package managers also leave out optional packages that do not
 * work.
 */
export function usablePackages(tree: readonly TreePackage[], names: readonly string[], cpu: LambdaCpu): TreePackage[] {
  const sorted = new Map(tree.map(({ location, files }) => [location, sortBinaries(files, cpu)]));
  const required = requiredLocations(tree, names);
  const unusable = new Set<string>();
  for (const { location, name } of tree) {
    const binaries = sorted.get(location)!;
    if (!areAllForeign(binaries)) continue;
    if (required.has(location)) throw foreignError(name, binaries, cpu);
    unusable.add(location);
  }
  const usable = tree.filter(({ location }) => !unusable.has(location)).map((one): TreePackage => ({
    ...one,
    files: one.files.filter((file) => !sorted.get(one.location)!.foreign.has(file.path)),
    requires: one.requires.filter((other) => !unusable.has(other)),
    prefers: one.prefers.filter((other) => !unusable.has(other)),
  }));
  checkHasBinaries(usable, (location) => sorted.get(location)!.usable.length > 0, cpu);
  return usable;
}

/** The packages that the declared packages require. */
function requiredLocations(tree: readonly TreePackage[], names: readonly string[]): Set<string> {
  const byLocation = new Map(tree.map((one) => [one.location, one]));
  const required = new Set(names.map((name) => `node_modules/${name}`));
  // A set also visits elements that are added during the iteration.
  for (const location of required) byLocation.get(location)?.requires.forEach((other) => required.add(other));
  return required;
}

function foreignError(name: string, { foreign }: SortedBinaries, cpu: LambdaCpu): LazyApiError {
  const binaries = [...foreign].map(([file, platform]) => `${file} for ${platform}`);
  const more = binaries.length > BINARIES_SHOWN ? ` and ${binaries.length - BINARIES_SHOWN} more` : '';
  return new LazyApiError(
    'BINARY_FOREIGN',
    `bundling.nodeModules: "${name}" must have a binary for Linux ${cpu} with glibc, as the function is, got `
    + `${binaries.slice(0, BINARIES_SHOWN).join(', ')}${more}; use a version that has one, or another architecture`,
  );
}
