import type { BuiltCode } from './built-code';

/** Rebuilds changing sources without blocking, faster than the first time. All paths are absolute. */
export interface IncrementalBuild {
  /** The files that declare the dependencies of the project. A change to one of them may need another synthesis. */
  readonly dependencyFiles: readonly string[];
  /** Builds what is on the disk now. Throws the errors of synthesis. */
  rebuild(): Promise<BuiltCode>;
  /**
   * What to watch: what the last build has read, except packages, and what it has looked for in vain, perhaps without an extension. A directory
   * stands for everything in it.
   */
  inputs(): readonly string[];
  /** The modules that synthesis would take for further routers. */
  newRouters(): readonly string[];
  dispose(): Promise<void>;
}
