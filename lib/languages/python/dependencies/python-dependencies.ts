import { InstalledFile } from '../../../routers/built-code';

/** What the dependencies of an application are installed for. */
export interface DependencyRequest {
  /** The absolute path of the directory that Python imports from. */
  readonly entry: string;
  /** The lock file is looked up from the entry up to here. */
  readonly projectRoot: string;
  /** The function's version of Python: `3.13`. */
  readonly pythonVersion: string;
  readonly architecture: 'arm64' | 'x86_64';
  /** The Python of this machine that loads the application at synthesis. Undefined to install nothing for it. */
  readonly host?: { readonly path: string; readonly version: string };
}

/** A distribution of a package index, as the function gets it. */
export interface Distribution {
  /** The normalized name: `typing-extensions`. */
  readonly name: string;
  readonly version: string;
  /** Its files in the asset, with `/`, bytecode included. */
  readonly files: readonly string[];
  readonly bytes: number;
  /** The names of the distributions that it needs. */
  readonly requires: readonly string[];
}

/** The dependencies of an application, installed for Lambda. */
export interface PythonDependencies {
  /** What goes to the root of the asset. */
  readonly files: readonly InstalledFile[];
  readonly distributions: readonly Distribution[];
  /** The same versions for the Python of this machine, which keeps their bytecode there. Undefined if nothing was installed for it. */
  readonly hostDirectory?: string;
  /** The names of distributions that `hostDirectory` lacks, because they have no wheel for this machine. */
  readonly missingOnHost: readonly string[];
  readonly warnings: ReadonlyArray<{ readonly text: string }>;
}

export interface DependencyOptions {
  /** The names of packages that are left out, with everything that only they need. */
  readonly excludePackages?: readonly string[];
}

/** Installs what the lock file of an application has. Equal keys install equal files. */
export interface DependencyInstaller {
  key(request: DependencyRequest): string;
  install(request: DependencyRequest): PythonDependencies;
}
