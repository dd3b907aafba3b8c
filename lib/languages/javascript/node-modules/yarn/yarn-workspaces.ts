import * as fs from 'fs';
import * as path from 'path';
import { YarnLock } from './yarn-lock';
import { Projects } from '../find-dependency';

export interface YarnWorkspaces {
  readonly projects: Projects;
  /** The names of all dependencies, except development dependencies. The lock file does not contain this. */
  readonly regular: ReadonlySet<string>;
  /** The `resolutions` of the root. */
  readonly resolutions: Readonly<Record<string, string>>;
  /** The package.json files that contain this. */
  readonly reads: readonly string[];
}

type Group = Readonly<Record<string, string>>;

interface Manifest {
  readonly dependencies?: Group;
  readonly optionalDependencies?: Group;
  readonly resolutions?: Group;
}

/** Describes the projects of a workspace: their dependencies are those of the lock file. */
export function yarnWorkspaces(directory: string, { descriptors, find }: YarnLock): YarnWorkspaces {
  const entries = descriptors.filter((descriptor) => descriptor.includes('@workspace:')).map((descriptor) => find(descriptor)!);
  const projects = new Map(entries.map(({ resolution, dependencies = {} }) => [
    resolution.slice(resolution.indexOf('@workspace:') + '@workspace:'.length), new Map(Object.entries(dependencies)),
  ]));
  const reads = [...projects.keys()].map((folder) => path.join(directory, folder, 'package.json'));
  const manifests = reads.map(readManifest);
  const regular = manifests.flatMap(({ dependencies, optionalDependencies }) => Object.keys({ ...dependencies, ...optionalDependencies }));
  return { projects, regular: new Set(regular), resolutions: readManifest(path.join(directory, 'package.json')).resolutions ?? {}, reads };
}

function readManifest(file: string): Manifest {
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) as Manifest : {};
}
