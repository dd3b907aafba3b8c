import { Closure, PackageToInstall } from './locked-closure';

/** The texts of a project that npm installs exactly these packages for. */
export interface NpmProject {
  readonly packageJson: string;
  readonly packageLock: string;
}

type Versions = { readonly [name: string]: string };

/** A lock file decides alone. The ranges of the packages would contradict it where the project has overrides. */
const ANY = '*';

/** Describes a project with the entries of the lock file that are needed. Equal projects give equal installations on the same platform. */
export function npmProject(closure: Closure, names: readonly string[]): NpmProject {
  const root = { name: 'lambda', version: '1.0.0', dependencies: Object.fromEntries([...names].sort().map((name) => [name, ANY])) };
  const sorted = [...closure].sort(([a], [b]) => (a < b ? -1 : 1));
  const packages = Object.fromEntries(sorted.map(([location, item]) => [location, lockEntry(item, closure)]));
  return {
    packageJson: JSON.stringify({ ...root, private: true }),
    packageLock: JSON.stringify({ name: root.name, version: root.version, lockfileVersion: 3, requires: true, packages: { '': root, ...packages } }),
  };
}

function lockEntry({ locked, imports }: PackageToInstall, closure: Closure): object {
  const present = new Set(imports.map((location) => closure.get(location)!.name));
  const anyVersion = (group: Versions | undefined) => group && Object.fromEntries(
    Object.keys(group).filter((name) => present.has(name)).map((name) => [name, ANY]),
  );
  return {
    ...locked,
    dependencies: anyVersion(locked.dependencies),
    optionalDependencies: anyVersion(locked.optionalDependencies),
    peerDependencies: anyVersion(locked.peerDependencies),
  };
}
