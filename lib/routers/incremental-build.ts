import type { BuiltCode } from './built-code';

/** Rebuilds changed sources without blocking, and faster than the first build. All paths are absolute. */
export interface IncrementalBuild {
  /** The files that declare the dependencies of the project. A change to one of them may need another synthesis. */
  readonly dependencyFiles: readonly string[];
  /** Builds the current files on disk. Throws the errors of synthesis. */
  rebuild(): Promise<BuiltCode>;
  /**
   * What to watch: the files that the last build read, except packages, and the files that it did not find, perhaps without extensions. A directory
   * stands for everything in it.
   */
  inputs(): readonly string[];
  /** The modules that synthesis would use as additional routers. */
  newRouters(): readonly string[];
  dispose(): Promise<void>;
}
