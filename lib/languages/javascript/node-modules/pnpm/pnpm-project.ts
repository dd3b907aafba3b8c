import { parsePnpmLock, PnpmEntry, PnpmLock } from './pnpm-lock';
import { LambdaCpu } from '../../../../routers/binaries/binary-platform';
import { findDependency } from '../find-dependency';
import { ANY_VERSION, Declared, InstallableProject, LockFile, modulesError, packageJson } from '../package-manager';

type Dependencies = Readonly<Record<string, string>>;

/** Describes a project with only the needed entries of pnpm's lock file. JSON is also YAML. */
export function pnpmProject(file: LockFile, { names, from }: Declared, cpu: LambdaCpu): InstallableProject {
  const lock = parsePnpmLock(file);
  const versions = new Map([...names].sort().map((name) => [name, findDependency(lock.projects, from, name, { file: file.name, add: 'pnpm add' })]));
  const snapshots = closureOf(lock, versions);
  const keys = [...new Set(Object.keys(snapshots).map(packageKey))];
  const roots = [...new Map([...peersIn(lock, snapshots), ...versions])];
  const specifiers = Object.fromEntries(roots.map(([name, version]) => [name, { specifier: ANY_VERSION, version }]));
  const architectures = { os: ['linux'], cpu: [cpu], libc: ['glibc'] };
  return {
    files: {
      // pnpm 9 reads its settings from package.json, newer versions from pnpm-workspace.yaml.
      'package.json': packageJson(anyVersion(roots), { pnpm: { supportedArchitectures: architectures } }),
      'pnpm-workspace.yaml': JSON.stringify({ packages: ['.'], supportedArchitectures: architectures }),
      'pnpm-lock.yaml': JSON.stringify({
        lockfileVersion: lock.version,
        settings: { autoInstallPeers: false, excludeLinksFromLockfile: false },
        importers: { '.': { dependencies: specifiers } },
        packages: Object.fromEntries(keys.map((key) => [key, lock.packages[key]])),
        snapshots,
      }),
    },
    versions: new Map([...versions].map(([name, version]) => [name, versionIn(snapshotKey(lock, name, version))])),
  };
}

function anyVersion(dependencies: ReadonlyArray<readonly [name: string, version: string]>): Dependencies {
  return Object.fromEntries(dependencies.map(([name]) => [name, ANY_VERSION]));
}

/** The packages and everything that they depend on, including optional dependencies for all platforms. */
function closureOf(lock: PnpmLock, declared: ReadonlyMap<string, string>): Record<string, PnpmEntry> {
  const closure: Record<string, PnpmEntry> = {};
  const waiting = [...declared];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const [name, version] = next;
    const key = snapshotKey(lock, name, version);
    if (Object.hasOwn(closure, key)) continue;
    checkInstallable(lock, name, version, key);
    const snapshot = withoutDevelopment(lock, key);
    closure[key] = snapshot;
    waiting.push(...Object.entries({ ...snapshot.dependencies, ...snapshot.optionalDependencies }));
  }
  return closure;
}

/** The peers of all packages. Hoisting expects them in the project, which is what peers are for. */
function peersIn({ packages }: PnpmLock, closure: Readonly<Record<string, PnpmEntry>>): Array<[name: string, version: string]> {
  return Object.entries(closure).flatMap(([key, { dependencies, optionalDependencies }]) => {
    const { peerDependencies = {} } = packages[packageKey(key)];
    return Object.entries({ ...dependencies, ...optionalDependencies }).filter(([name]) => Object.hasOwn(peerDependencies, name));
  });
}

/** An optional peer is used if a project has it, except as a development dependency: TypeScript is an optional peer of many packages. */
function withoutDevelopment({ snapshots, packages, regular }: PnpmLock, key: string): PnpmEntry {
  const { peerDependenciesMeta = {} } = packages[packageKey(key)];
  const used = (group: Dependencies = {}) => Object.fromEntries(
    Object.entries(group).filter(([name]) => !peerDependenciesMeta[name]?.optional || regular.has(name)),
  );
  const { dependencies, optionalDependencies } = snapshots[key];
  return { ...snapshots[key], dependencies: used(dependencies), optionalDependencies: used(optionalDependencies) };
}

/** The version of an alias is the complete key: `ms@2.1.3`. */
function snapshotKey({ snapshots }: PnpmLock, name: string, version: string): string {
  return Object.hasOwn(snapshots, version) ? version : `${name}@${version}`;
}

/** A package is listed once, and its snapshots once for each combination of peers: `knex@3.1.0(pg@8.0.0)`. */
function packageKey(key: string): string {
  return key.replace(/\(.*$/, '');
}

function versionIn(key: string): string {
  return packageKey(key).replace(/^@?[^@]*@/, '');
}

function checkInstallable({ snapshots, packages }: PnpmLock, name: string, version: string, key: string): void {
  const refuse = (got: string, remedy: string) => modulesError(`"${name}" must come from a registry, got ${got}; ${remedy}`);
  if (/^link:/.test(version)) throw refuse(`a link to ${version.slice('link:'.length)}`, 'bundle it instead');
  const entry = packages[packageKey(key)];
  if (!Object.hasOwn(snapshots, key) || entry === undefined) {
    throw modulesError(`"${name}" ${version} must be in pnpm-lock.yaml, got no entry; run pnpm install`);
  }
  if (key.includes('(patch_hash=')) throw refuse('a package with a patch', 'add it in a layer and list it in bundling.externalModules');
  const { integrity, tarball, repo, directory } = entry.resolution ?? {};
  if (integrity !== undefined && (tarball === undefined || /^https?:/.test(tarball))) return;
  throw refuse(`${tarball ?? repo ?? directory ?? version} without an integrity`, 'depend on a published version');
}
