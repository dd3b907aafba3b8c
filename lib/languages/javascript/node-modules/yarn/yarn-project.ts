import { parseYarnLock, YarnEntry, YarnLock } from './yarn-lock';
import { yarnWorkspaces } from './yarn-workspaces';
import { LambdaCpu } from '../../../../routers/binaries/binary-platform';
import { findDependency } from '../find-dependency';
import { Declared, InstallableProject, LockFile, modulesError, packageJson } from '../package-manager';

/** A package and the requested range. */
type Asked = readonly [name: string, range: string];

/** A descriptor, like `sharp@npm:^0.33.0`, and its locked entry. */
type Found = readonly [descriptor: string, entry: YarnEntry];

/** Describes a project with the needed entries of Yarn's lock file, unchanged. JSON is also YAML. */
export function yarnProject(file: LockFile, { names, from }: Declared, cpu: LambdaCpu): InstallableProject {
  const lock = parseYarnLock(file);
  const { projects, regular, resolutions, reads } = yarnWorkspaces(file.directory, lock);
  const declared = [...names].sort().map((name): Asked => [name, findDependency(projects, from, name, { file: file.name, add: 'yarn add' })]);
  const find = (asked: Asked) => locate(lock, resolutions, asked);
  // An optional peer is used if a project has it, except as a development dependency: TypeScript is an optional peer of many packages.
  const { closure, peers } = closureOf(declared, find, (name, optional) => {
    const has = [...projects.values()].map((ranges) => ranges.get(name)).find((range) => range !== undefined);
    return has === undefined || (optional && !regular.has(name)) ? [] : [[name, has]];
  });
  const roots = new Map([...peers, ...declared].map((asked) => [asked[0], rangeOf(find(asked))]));
  return {
    files: {
      'package.json': packageJson(Object.fromEntries(roots), { resolutions }),
      '.yarnrc.yml': JSON.stringify({ supportedArchitectures: { onConflict: 'reset', os: ['linux'], cpu: [cpu], libc: ['glibc'] } }),
      'yarn.lock': JSON.stringify({ __metadata: lock.metadata, ...Object.fromEntries([...closure].sort(([a], [b]) => (a < b ? -1 : 1))) }),
    },
    versions: new Map(declared.map((asked) => [asked[0], find(asked)[1].version])),
    reads,
  };
}

/** The packages and everything that they depend on, including optional dependencies for all platforms. */
function closureOf(declared: readonly Asked[], find: (asked: Asked) => Found, peersOf: (name: string, optional: boolean) => readonly Asked[]) {
  const closure = new Map<string, YarnEntry>();
  const peers: Asked[] = [];
  const waiting = [...declared];
  for (let asked = waiting.shift(); asked !== undefined; asked = waiting.shift()) {
    const [descriptor, entry] = find(asked);
    if (closure.has(descriptor)) continue;
    checkInstallable(asked[0], entry);
    const dependencies = withoutBuildTool(entry.dependencies);
    closure.set(descriptor, { ...entry, dependencies });
    const { peerDependencies, peerDependenciesMeta } = entry;
    // The lock file omits optional peers of any version from the peers.
    const names = Object.keys({ ...peerDependencies, ...peerDependenciesMeta });
    const found = names.flatMap((name) => peersOf(name, peerDependenciesMeta?.[name]?.optional === true));
    peers.push(...found);
    waiting.push(...Object.entries(dependencies), ...found);
  }
  return { closure, peers };
}

/** Yarn adds node-gyp to packages that build native code in a script. Scripts do not run here. */
function withoutBuildTool(dependencies: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(dependencies).filter(([name, range]) => name !== 'node-gyp' || range !== 'npm:latest'));
}

/** Finds the locked entry of a range. `resolutions` and catalogs replace ranges, so that the lock file has other ranges. */
function locate({ descriptors, find }: YarnLock, resolutions: Readonly<Record<string, string>>, [name, range]: Asked): Found {
  const descriptor = `${name}@${range}`;
  const exact = find(descriptor);
  if (exact !== undefined) return [descriptor, exact];
  const namesIt = (other: string) => other.startsWith(`${name}@`) && !other.includes('!builtin<');
  const ofName = descriptors.filter(namesIt).map((other): Found => [other, find(other)!]);
  const replacements = Object.values(resolutions).map((value) => (/^[a-z]+:/.test(value) ? `${name}@${value}` : `${name}@npm:${value}`));
  const replaced = ofName.filter(([other]) => replacements.includes(other));
  const candidates = replaced.length > 0 ? replaced : ofName;
  if (new Set(candidates.map(([, { resolution }]) => resolution)).size === 1) return candidates[0];
  const got = candidates.map(([, { resolution }]) => resolution).join(' and ') || 'no entry';
  throw modulesError(`"${name}" ${range} must have one entry in yarn.lock, got ${got}; run yarn install, and depend on one version`);
}

/** The range of a descriptor: a project may write `catalog:` instead. */
function rangeOf([descriptor]: Found): string {
  return descriptor.slice(descriptor.indexOf('@', 1) + 1);
}

function checkInstallable(name: string, { resolution, conditions, checksum }: YarnEntry): void {
  const source = resolution.slice(resolution.indexOf('@', 1) + 1);
  const refuse = (got: string, remedy: string) => modulesError(`"${name}" must come from a registry, got ${got}; ${remedy}`);
  if (/^(workspace|link|portal):/.test(source)) throw refuse(source, 'bundle it instead');
  if (source.startsWith('patch:')) throw refuse('a package with a patch', 'add it in a layer and list it in bundling.externalModules');
  if (!source.startsWith('npm:')) throw refuse(source, 'depend on a published version');
  if (checksum !== undefined || conditions !== undefined) return;
  throw modulesError(`"${name}" must have a checksum in yarn.lock, got none; run yarn install`);
}
