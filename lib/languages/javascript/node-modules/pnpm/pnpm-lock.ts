import * as path from 'path';
import { Projects } from '../find-dependency';
import { LockFile, modulesError } from '../package-manager';
import { parseYaml } from '../parse-yaml';

/** What a lock file of pnpm says about one package, or about one combination of its peers. */
export interface PnpmEntry {
  readonly resolution?: { readonly integrity?: string; readonly tarball?: string; readonly repo?: string; readonly directory?: string };
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

export interface PnpmLock {
  readonly version: string;
  readonly projects: Projects;
  /** The names of all dependencies, except development dependencies. */
  readonly regular: ReadonlySet<string>;
  readonly packages: Readonly<Record<string, PnpmEntry>>;
  readonly snapshots: Readonly<Record<string, PnpmEntry>>;
}

type Group = Readonly<Record<string, { readonly version: string }>>;
type Importer = Readonly<Partial<Record<'dependencies' | 'optionalDependencies' | 'devDependencies', Group>>>;

interface Contents {
  readonly lockfileVersion?: string;
  readonly importers?: Readonly<Record<string, Importer>>;
  readonly packages?: PnpmLock['packages'];
  readonly snapshots?: PnpmLock['snapshots'];
}

/** Throws an error unless the lock file is one of pnpm 9 or newer. */
export function parsePnpmLock({ directory, name, text }: LockFile): PnpmLock {
  const file = path.join(directory, name);
  const { lockfileVersion = 'none', importers = {}, packages = {}, snapshots = {} } = parse(file, text);
  if (Number.parseInt(lockfileVersion) !== 9) {
    throw lockError(`9 or newer, got ${file} of lockfileVersion ${lockfileVersion}; run pnpm install with pnpm 9 or newer`);
  }
  const projects = Object.entries(importers).map(([project, { dependencies, optionalDependencies, devDependencies }]) => (
    [project, versionsIn(devDependencies, optionalDependencies, dependencies)] as const
  ));
  const regular = Object.values(importers).flatMap((importer) => Object.keys({ ...importer.dependencies, ...importer.optionalDependencies }));
  return { version: lockfileVersion, projects: new Map(projects), regular: new Set(regular), packages, snapshots };
}

function lockError(text: string) {
  return modulesError(`the lock file must be one of pnpm ${text}`);
}

function versionsIn(...groups: ReadonlyArray<Group | undefined>): ReadonlyMap<string, string> {
  return new Map(groups.flatMap((group) => Object.entries(group ?? {})).map(([name, { version }]) => [name, version]));
}

function parse(file: string, text: string): Contents {
  try {
    return parseYaml(text) as Contents;
  } catch (error) {
    throw lockError(`9 or newer, got ${file}, which cannot be read: ${(error as Error).message}; run pnpm install`);
  }
}
