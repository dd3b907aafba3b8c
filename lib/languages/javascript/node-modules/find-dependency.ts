import { modulesError } from './package-manager';

/** What the lock file of a workspace lists for the dependencies of each project: by directory, then by name. The root is `.`. */
export type Projects = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** What an error suggests for a package that no project has. */
interface Advice {
  readonly file: string;
  /** The command that adds a package. */
  readonly add: string;
}

/**
 * Finds the entry of the lock file for a declared package in the nearest project at or above the routers. A project that the routers import sources
 * from may have the package instead; if several have it, they must agree.
 */
export function findDependency(projects: Projects, from: string, name: string, { file, add }: Advice): string {
  const parts = from.split('/').filter((part) => part !== '');
  const above = Array.from({ length: parts.length + 1 }, (_, i) => parts.slice(0, parts.length - i).join('/') || '.');
  const nearest = above.map((directory) => projects.get(directory)?.get(name)).find((found) => found !== undefined);
  if (nearest !== undefined) return nearest;
  const others = [...projects.values()].map((dependencies) => dependencies.get(name)).filter((found) => found !== undefined);
  const [found, another] = [...new Set(others)];
  if (found === undefined) throw modulesError(`"${name}" must be a dependency of the project, got none of this name in ${file}; run ${add} ${name}`);
  if (another === undefined) return found;
  throw modulesError(
    `"${name}" must have one version, got ${found} and ${another} in two projects of the workspace; use one version, `
      + 'or add it to the project of the routers',
  );
}
