import { BuildResult } from './bundler';
import { packageName } from './externals';
import { InstalledPackage } from './node-modules/installed-package';
import { BuiltCode } from '../../routers/built-code';

/** The imports of all source files and of all installed packages. Packages are named by their directories, like their chunks. */
export function withPackages({ imports, importedExternals }: BuildResult, installed: readonly InstalledPackage[]): BuiltCode['imports'] {
  const locations = new Set(installed.map(({ location }) => location));
  const packagesOf = (file: string) => {
    const found = new Set(importedExternals[file].map((name) => `node_modules/${packageName(name)}`));
    return [...found].filter((location) => locations.has(location));
  };
  return Object.fromEntries([
    ...Object.entries(imports).map(([file, imported]) => [file, [...imported, ...packagesOf(file)]] as const),
    ...installed.map((one) => [one.location, one.imports] as const),
  ]);
}
