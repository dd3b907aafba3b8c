import { BundledChunk } from './bundler';
import { MAIN_FILE } from './entry-source';
import { packageName } from './externals';
import { InstalledPackage } from './node-modules/installed-package';
import { runtimeModulesFor } from '../../contract/javascript/runtime-modules';
import { Chunk } from '../../routers/built-code';

/** A code file, with the installed packages that are loaded with it. */
export function codeChunk(chunk: BundledChunk, routers: ReadonlySet<string>, nodeModules: readonly string[]): Chunk {
  const { file, bytes, imports, dynamicImports = [], inputs, externals, loadedExternals } = chunk;
  const packages = packagesOf(loadedExternals, nodeModules);
  const later = packagesOf(externals, nodeModules).filter((name) => !packages.includes(name));
  return { file, role: roleOf(file, routers), bytes, imports: [...packages, ...imports], dynamicImports: [...later, ...dynamicImports], inputs };
}

/** The directories of the installed packages among these modules. */
function packagesOf(modules: readonly string[], nodeModules: readonly string[]): string[] {
  const names = modules.map(packageName).filter((name) => nodeModules.includes(name));
  return [...new Set(names)].map((name) => `node_modules/${name}`);
}

export function packageChunk({ location, files, imports }: InstalledPackage): Chunk {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return { file: location, role: 'package', bytes, imports, inputs: { [location]: bytes } };
}

function roleOf(file: string, routers: ReadonlySet<string>): Chunk['role'] {
  if (file === MAIN_FILE) return 'entry';
  if (routers.has(file)) return 'router';
  return runtimeModulesFor('part').some((part) => file === `${part}.mjs`) ? 'runtime' : 'shared';
}
