import { LazyApiError } from '../../../private/errors';
import { LambdaCpu } from '../../../routers/binaries/binary-platform';

/** The lock file of a project, as text. */
export interface LockFile {
  /** The directory that it is in. */
  readonly directory: string;
  readonly name: string;
  readonly text: string;
}

/** The packages that a project declares in `bundling.nodeModules`. */
export interface Declared {
  readonly names: readonly string[];
  /** The directory of the routers, relative to the lock file, with `/`. */
  readonly from: string;
}

/** A small project, for which a package manager installs the declared packages and what they depend on, in the locked versions. */
export interface InstallableProject {
  /** Texts by file name. Equal texts give equal installations on the same platform. */
  readonly files: Readonly<Record<string, string>>;
  /** The locked versions of the declared packages, by name. */
  readonly versions: ReadonlyMap<string, string | undefined>;
  /** The files, other than the lock file, that affect the installation, as absolute paths. */
  readonly reads?: readonly string[];
}

/** What installs packages. Its project's lock file decides the versions. */
export interface PackageManager {
  /** As its makers write it.  */
  readonly title: string;
  readonly command: string;
  /** The oldest major version that can install for another platform. */
  readonly oldest: number;
  /** The names of its lock file. The first that exists is read. */
  readonly lockFiles: readonly string[];
  /** What users run to get the locked versions. */
  readonly installCommand: string;
  /** Describes the project. Throws an error if a package cannot be installed from the lock file alone. */
  toProject(lock: LockFile, declared: Declared, cpu: LambdaCpu): InstallableProject;
  /**
   * The arguments of the command, except the working directory. Install scripts are off, because they would run for the machine's platform, and could
   * run anything.
   */
  argumentsFor(cpu: LambdaCpu): readonly string[];
  environmentFor(directory: string): Readonly<Record<string, string>>;
  /**
   * Throws an error if the installation has a different version than the lock file. Undefined for a package manager that cannot resolve anything
   * itself.
   */
  checkInstallation?(directory: string, project: InstallableProject): void;
}

/** Only the lock file decides. Where the project has overrides, the ranges of the packages would contradict it. */
export const ANY_VERSION = '*';

/** The package.json of the project that is installed. */
export function packageJson(dependencies: Readonly<Record<string, string>>, more: object = {}): string {
  return JSON.stringify({ name: 'lambda', version: '1.0.0', private: true, dependencies, ...more });
}

export function modulesError(text: string): LazyApiError {
  return new LazyApiError('NODE_MODULES', `bundling.nodeModules: ${text}`);
}
