import { Requirements } from '../requirements/requirement';

/** A lock file, and what reads it. */
export interface Lock {
  /** The directory that it is in. */
  readonly directory: string;
  /** `uv.lock` */
  readonly name: string;
  readonly text: string;
  /** The nearest directory at or above the application with the project's own file. In a workspace, it is below the lock file. */
  readonly projectDirectory: string;
  readonly tool: LockTool;
}

/** What writes lock files of one kind. */
export interface LockTool {
  readonly title: string;
  readonly lockFile: string;
  /** What to run for a lock file that is up to date. */
  readonly lockCommand: string;
  /** The files, other than the lock file, that it must match, as absolute paths. Not all of them need to exist. */
  reads(lock: Lock): readonly string[];
  /** The versions of Python that the lock file is for. Undefined if it does not say. */
  pythonVersions(lock: Lock): string | undefined;
  /**
   * Reads the lock file by the tool's own command. Throws an error if it does not match the project.
   *
   * @param python a Python that the project is for, if the machine has one: it need not be on the path
   */
  export(lock: Lock, python?: string): Requirements;
}
