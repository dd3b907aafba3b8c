import { checkHasBinaries } from './check-has-binaries';
import { InstalledPackage } from './installed-package';
import { Closure } from './locked-closure';
import { LazyApiError } from '../../../private/errors';
import { LambdaCpu } from '../binaries/binary-platform';
import { areAllForeign, SortedBinaries, sortBinaries } from '../binaries/sort-binaries';

/** How many foreign binaries an error names. */
const BINARIES_SHOWN = 5;

/** Removes foreign binaries, and optional packages that have no others: npm leaves optional packages out that do not work. */
export function usablePackages(installed: readonly InstalledPackage[], closure: Closure, cpu: LambdaCpu): InstalledPackage[] {
  const sorted = new Map(installed.map(({ location, files }) => [location, sortBinaries(files, cpu)]));
  const unusable = new Set(installed.map(({ location }) => location).filter((location) => areAllForeign(sorted.get(location)!)));
  for (const location of unusable) {
    const { name, locked } = closure.get(location)!;
    if (!locked.optional) throw foreignError(name, sorted.get(location)!, cpu);
  }
  const usable = installed.filter(({ location }) => !unusable.has(location)).map(({ location, files, imports }): InstalledPackage => ({
    location,
    files: files.filter((file) => !sorted.get(location)!.foreign.has(file.path)),
    imports: imports.filter((other) => sorted.has(other) && !unusable.has(other)),
  }));
  checkHasBinaries(usable, closure, (location) => sorted.get(location)!.usable.length > 0, cpu);
  return usable;
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
