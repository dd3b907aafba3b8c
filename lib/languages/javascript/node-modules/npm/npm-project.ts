import { Closure, PackageToInstall } from './npm-closure';
import { ANY_VERSION, InstallableProject, packageJson } from '../package-manager';

type Versions = { readonly [name: string]: string };

/** Describes a project with only the needed entries of npm's lock file. */
export function npmProject(closure: Closure, names: readonly string[]): InstallableProject {
  const dependencies = Object.fromEntries([...names].sort().map((name) => [name, ANY_VERSION]));
  const root = { name: 'lambda', version: '1.0.0', dependencies };
  const sorted = [...closure].sort(([a], [b]) => (a < b ? -1 : 1));
  const packages = { '': root, ...Object.fromEntries(sorted.map(([location, item]) => [location, lockEntry(item)])) };
  return {
    files: {
      'package.json': packageJson(dependencies),
      'package-lock.json': JSON.stringify({ ...root, dependencies: undefined, lockfileVersion: 3, requires: true, packages }),
    },
    versions: new Map(names.map((name) => [name, closure.get(`node_modules/${name}`)!.locked.version])),
  };
}

function lockEntry({ locked, dependencies }: PackageToInstall): object {
  const anyVersion = (group: Versions | undefined) => group && Object.fromEntries(
    Object.keys(group).filter((name) => dependencies.includes(name)).map((name) => [name, ANY_VERSION]),
  );
  return {
    ...locked,
    dependencies: anyVersion(locked.dependencies),
    optionalDependencies: anyVersion(locked.optionalDependencies),
    peerDependencies: anyVersion(locked.peerDependencies),
  };
}
