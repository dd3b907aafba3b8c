import type { CodeFile } from '../../routers/built-code';
import type { LocalAsset } from '../assembly/local-asset';

/** Code that was built again, before it is written. */
export interface RebuiltCode {
  /** The files of the asset without those of packages. */
  readonly files: readonly CodeFile[];
  /** Equal code has equal digests. */
  readonly digest: string;
  /** The compiler's warnings, ready to print. */
  readonly warnings: readonly string[];
  /** Writes the code to a separate directory. */
  write(): LocalAsset;
}

/** Builds the sources of an API again. All paths are absolute. */
export interface AssetRebuild {
  /** What to watch, also before the first build. A directory stands for everything in it. */
  inputs(): readonly string[];
  /** Whether no build reads what has this name in a watched directory. */
  isIgnored(name: string): boolean;
  /** The files whose changes need a new synthesis. */
  dependencyFiles(): readonly string[];
  /** The modules that synthesis would use as additional routers. */
  newRouters(): readonly string[];
  /** Builds the current files on disk. Throws the errors of synthesis. */
  build(): Promise<RebuiltCode>;
  dispose(): Promise<void>;
}
