import * as fs from 'fs';
import * as path from 'path';
import { checkHasBinaries } from './check-has-binaries';
import { install } from './install';
import { readLockFile } from './lock-file';
import { Closure, closureOf } from './locked-closure';
import { npmProject } from './npm-project';
import { CodeFile } from '../../../routers/built-code';
import { LambdaCpu } from '../binaries/binary-platform';
import { areAllForeign, SortedBinaries, sortBinaries } from '../binaries/sort-binaries';
import { LazyApiError } from '../../../private/errors';

/** A package in the asset, with what runs in the function. */
export interface InstalledPackage {
  /** Its directory in the asset, for example `node_modules/sharp`. */
  readonly location: string;
  readonly files: readonly CodeFile[];
  /** The directories of the packages that it depends on. */
  readonly imports: readonly string[];
}

/** Installs packages of the project, and what they depend on, for a function of this architecture. Versions are those of the lock file. */
export function installedPackages(names: readonly string[], lookupDirectory: string, cpu: LambdaCpu): InstalledPackage[] {
  if (names.length === 0) return [];
  const lock = readLockFile(lookupDirectory);
  const from = path.relative(lock.directory, lookupDirectory).split(path.sep).join('/');
  const closure = closureOf(lock, from, names);
  checkProjectHasThem(names, closure, lock.directory);
  const directory = install(npmProject(closure, names), cpu, lock.directory);
  return usablePackages(readPackages(directory, closure), closure, cpu);
}

/** Verification loads the packages of the project itself, so their versions must be those of the lock file. */
function checkProjectHasThem(names: readonly string[], closure: Closure, projectDirectory: string): void {
  for (const name of names) {
    const { source, locked } = closure.get(`node_modules/${name}`)!;
    const file = path.join(projectDirectory, source, 'package.json');
    const { version = locked.version } = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) as { readonly version?: string } : {};
    if (version === locked.version) continue;
    throw new LazyApiError(
      'NODE_MODULES', `bundling.nodeModules: "${name}" must be installed as locked, ${locked.version}, got ${version} in ${file}; run npm ci`,
    );
  }
}

/** The packages that npm installed. It leaves out optional ones for other platforms. */
function readPackages(directory: string, closure: Closure): InstalledPackage[] {
  const installed = [...closure].filter(([location]) => fs.existsSync(path.join(directory, location)));
  return installed.map(([location, { imports }]) => ({ location, files: readFiles(directory, location), imports }));
}

/** The files of a package, without those of the packages that are installed below it. */
function readFiles(directory: string, folder: string): CodeFile[] {
  return fs.readdirSync(path.join(directory, folder), { withFileTypes: true }).flatMap((entry): CodeFile[] => {
    const file = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : readFiles(directory, file);
    return entry.isFile() ? [{ path: file, contents: fs.readFileSync(path.join(directory, file)) }] : [];
  });
}

/** Removes foreign binaries, and optional packages that have no others: npm leaves optional packages out that do not work. */
function usablePackages(installed: readonly InstalledPackage[], closure: Closure, cpu: LambdaCpu): InstalledPackage[] {
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
  return new LazyApiError(
    'BINARY_FOREIGN',
    `bundling.nodeModules: "${name}" must have a binary for Linux ${cpu} with glibc, as the function is, got ${binaries.slice(0, 5).join(', ')}`
    + `${binaries.length > 5 ? ` and ${binaries.length - 5} more` : ''}; use a version that has one, or another architecture`,
  );
}
