import { LockedPackage, LockedPackages, LockFile } from './lock-file';
import { LazyApiError } from '../../../private/errors';

/** A package that is installed into the asset. */
export interface PackageToInstall {
  readonly name: string;
  /** Its directory in the project, relative to the lock file. */
  readonly source: string;
  readonly locked: LockedPackage;
  /** The directories in the asset of the packages that it depends on. */
  readonly imports: readonly string[];
}

/** By the directory in the asset: `node_modules/sharp`. */
export type Closure = ReadonlyMap<string, PackageToInstall>;

/** Returns some packages and everything that they depend on, optional dependencies for all platforms included. */
export function closureOf(lock: LockFile, from: string, names: readonly string[]): Closure {
  const closure = new Map<string, PackageToInstall>();
  const waiting = names.map((name) => declaredLocation(lock, from, name));
  for (let source = waiting.shift(); source !== undefined; source = waiting.shift()) {
    const target = assetLocation(source);
    const known = closure.get(target);
    if (known !== undefined) {
      checkSameVersion(lock, known, source);
      continue;
    }
    const locked = lock.packages[source];
    checkInstallable(lock, source, locked);
    const dependencies = dependenciesOf(locked).map((name) => locate(lock.packages, source, name)).filter((found) => found !== undefined);
    closure.set(target, { name: nameAt(source), source, locked, imports: dependencies.map(assetLocation) });
    waiting.push(...dependencies);
  }
  return closure;
}

/** Workspaces may have packages of their own. The asset has one directory for all. */
function assetLocation(source: string): string {
  return source.slice(source.indexOf('node_modules/'));
}

function nameAt(location: string): string {
  return location.slice(location.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

function dependenciesOf({ dependencies, optionalDependencies, peerDependencies }: LockedPackage): string[] {
  return [...new Set([dependencies, optionalDependencies, peerDependencies].flatMap((group) => Object.keys(group ?? {})))].sort();
}

/** Looks a package up as Node.js does: https://nodejs.org/api/modules.html#loading-from-node_modules-folders */
function locate(packages: LockedPackages, from: string, name: string): string | undefined {
  const parts = from === '' ? [] : from.split('/');
  return Array.from({ length: parts.length + 1 }, (_, i) => parts.slice(0, parts.length - i))
    .filter((directory) => directory.at(-1) !== 'node_modules')
    .map((directory) => [...directory, 'node_modules', name].join('/'))
    .find((location) => Object.hasOwn(packages, location));
}

function declaredLocation({ packages, name: file }: LockFile, from: string, name: string): string {
  const found = locate(packages, from, name);
  if (found !== undefined) return found;
  throw modulesError(`"${name}" must be a package of ${file}, got none of this name; run npm install ${name}`);
}

function checkInstallable({ name: file }: LockFile, source: string, { link, resolved, inBundle, integrity }: LockedPackage): void {
  const name = nameAt(source);
  if (link) throw modulesError(`"${name}" must come from a registry, got a link to ${resolved}; leave it to the bundle`);
  if (inBundle) return;
  if (resolved !== undefined && !/^https?:/.test(resolved)) {
    throw modulesError(`"${name}" must come from a registry, got ${resolved}; depend on a published version`);
  }
  if (integrity === undefined) {
    throw modulesError(`"${name}" must have an integrity in ${file}, got none; remove its entry there and run npm install`);
  }
}

function checkSameVersion({ packages }: LockFile, { name, source, locked }: PackageToInstall, other: string): void {
  if (packages[other].version === locked.version) return;
  throw modulesError(
    `"${name}" must have one version at one place, got ${locked.version} at ${source} and ${packages[other].version} at ${other}; `
    + 'align the versions of the workspaces and run npm dedupe',
  );
}

function modulesError(text: string): LazyApiError {
  return new LazyApiError('NODE_MODULES', `bundling.nodeModules: ${text}`);
}
