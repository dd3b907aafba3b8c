import { LockedPackage, LockedPackages } from './npm-lock';
import { Declared, modulesError } from '../package-manager';

/** A package that is installed into the asset. */
export interface PackageToInstall {
  readonly name: string;
  /** Its directory in the project, relative to the lock file. */
  readonly source: string;
  readonly locked: LockedPackage;
  /** The names of its dependencies that are locked. */
  readonly dependencies: readonly string[];
}

/** By directory in the asset: `node_modules/sharp`. */
export type Closure = ReadonlyMap<string, PackageToInstall>;

/** Returns the declared packages and everything that they depend on, including optional dependencies for all platforms. */
export function npmClosure(lockFile: string, packages: LockedPackages, { names, from }: Declared): Closure {
  const closure = new Map<string, PackageToInstall>();
  const waiting = names.map((name) => declaredLocation(lockFile, packages, from, name));
  for (let source = waiting.shift(); source !== undefined; source = waiting.shift()) {
    const known = closure.get(assetLocation(source));
    if (known !== undefined) {
      checkSameVersion(packages, known, source);
      continue;
    }
    const locked = packages[source];
    checkInstallable(lockFile, source, locked);
    const found = locatedDependencies(packages, source, locked);
    closure.set(assetLocation(source), { name: nameAt(source), source, locked, dependencies: found.map(nameAt) });
    waiting.push(...found);
  }
  return closure;
}

/** Workspaces may have separate packages. The asset has one directory for all of them. */
function assetLocation(source: string): string {
  return source.slice(source.indexOf('node_modules/'));
}

function nameAt(location: string): string {
  return location.slice(location.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

function locatedDependencies(packages: LockedPackages, source: string, locked: LockedPackage): string[] {
  const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta = {} } = locked;
  const names = new Set([dependencies, optionalDependencies, peerDependencies].flatMap((group) => Object.keys(group ?? {})));
  return [...names].sort().flatMap((name) => {
    const found = locate(packages, source, name);
    return found === undefined || (peerDependenciesMeta[name]?.optional && isForDevelopment(packages[found])) ? [] : [found];
  });
}

/** An optional peer is used if the project has it, except as a development dependency: TypeScript is an optional peer of many packages. */
function isForDevelopment({ dev, devOptional }: LockedPackage): boolean {
  return Boolean(dev || devOptional);
}

/** Looks a package up as Node.js does: https://nodejs.org/api/modules.html#loading-from-node_modules-folders */
function locate(packages: LockedPackages, from: string, name: string): string | undefined {
  const parts = from === '' ? [] : from.split('/');
  return Array.from({ length: parts.length + 1 }, (_, i) => parts.slice(0, parts.length - i))
    .filter((directory) => directory.at(-1) !== 'node_modules')
    .map((directory) => [...directory, 'node_modules', name].join('/'))
    .find((location) => Object.hasOwn(packages, location));
}

function declaredLocation(lockFile: string, packages: LockedPackages, from: string, name: string): string {
  const found = locate(packages, from, name);
  if (found !== undefined) return found;
  throw modulesError(`"${name}" must be a package of ${lockFile}, got none of this name; run npm install ${name}`);
}

function checkInstallable(lockFile: string, source: string, { link, resolved, inBundle, integrity }: LockedPackage): void {
  const name = nameAt(source);
  if (link) throw modulesError(`"${name}" must come from a registry, got a link to ${resolved}; bundle it instead`);
  if (inBundle) return;
  if (resolved !== undefined && !/^https?:/.test(resolved)) {
    throw modulesError(`"${name}" must come from a registry, got ${resolved}; depend on a published version`);
  }
  if (integrity === undefined) {
    throw modulesError(`"${name}" must have an integrity in ${lockFile}, got none; remove its entry there and run npm install`);
  }
}

function checkSameVersion(packages: LockedPackages, { name, source, locked }: PackageToInstall, other: string): void {
  if (packages[other].version === locked.version) return;
  throw modulesError(
    `"${name}" must have one version in one place, got ${locked.version} at ${source} and ${packages[other].version} at ${other}; `
    + 'align the versions of the workspaces and run npm dedupe',
  );
}
