import { CodeFile, InstalledFile } from '../../routers/built-code';

/** A distribution of a package index, in the version of the lock file. */
export interface Distribution {
  /** `SQLAlchemy` */
  readonly name: string;
  readonly version: string;
  /** Its files in the asset, with `/`. */
  readonly files: readonly string[];
}

/** What the dependencies of an application are installed for. */
export interface DependencyTarget {
  /** The absolute path of the application. */
  readonly entry: string;
  readonly projectRoot: string;
  /** `3.13` */
  readonly pythonVersion: string;
  readonly architecture: 'arm64' | 'x86_64';
  /** The Python of this machine, which runs what is installed in `hostDirectory`. */
  readonly host?: { readonly path: string; readonly version: string };
}

/** The dependencies of an application, installed for Lambda. */
export interface PythonDependencies {
  /** What goes to the root of the asset. */
  readonly files: readonly InstalledFile[];
  readonly distributions: readonly Distribution[];
  /** The same versions for the Python of this machine, where they can be imported. Undefined if there are none. */
  readonly hostDirectory?: string;
  /** Where Python may keep the bytecode of `hostDirectory` from one synthesis to the next. */
  readonly hostBytecode?: string;
  /** The names of distributions that `hostDirectory` lacks, because they do not exist for this machine. */
  readonly missingOnHost: readonly string[];
  readonly warnings: ReadonlyArray<{ readonly text: string }>;
}

/** Installs what the lock file of an application names. Equal keys install equal files. */
export interface DependencyInstaller {
  key(target: DependencyTarget): string;
  install(target: DependencyTarget): PythonDependencies;
}

/** What the modules of an application are compiled to. */
export interface CompiledModules {
  readonly files: readonly CodeFile[];
  readonly warnings: readonly string[];
}

/** Compiles modules for a version of Python. */
export type CompileModules = (modules: readonly CodeFile[], target: Omit<DependencyTarget, 'host'>) => CompiledModules;

/** For an application without a lock file. */
export const NO_DEPENDENCIES: DependencyInstaller = {
  key: () => 'none',
  install: () => ({ files: [], distributions: [], missingOnHost: [], warnings: [] }),
};

/** Lambda compiles the modules when it imports them. */
export const NO_BYTECODE: CompileModules = () => ({ files: [], warnings: [] });
