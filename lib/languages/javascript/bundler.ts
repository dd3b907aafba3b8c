import { BundlingOptions } from './bundling-options';
import { Chunk, CodeFile } from '../../routers/built-code';

/** One build: a main module and the routers that it imports lazily. */
export interface BuildJob {
  /** All names are relative to it. */
  readonly projectRoot: string;
  /** The bundler is looked up from here upward. */
  readonly lookupDirectory: string;
  /** The text of the main module, as if it were in the project root. */
  readonly main: string;
  readonly routers: readonly BuildEntry[];
  /**
   * Whether everything that the main module imports becomes one file. By default, each router and the code that routers share become separate files.
   */
  readonly oneFile?: boolean;
  /** The JavaScript version of the function's runtime; `options.target` overrides it. */
  readonly target: string;
  readonly options: BundlingOptions;
}

export interface BuildEntry {
  readonly name: string;
  /** Relative to the project root. */
  readonly entry: string;
}

/** The result of a build, in memory. Nothing is on disk yet. */
export interface BuildResult {
  readonly files: readonly CodeFile[];
  readonly chunks: readonly BundledChunk[];
  /** By source file, relative to the project root: the source files that it imports. */
  readonly imports: { readonly [file: string]: readonly string[] };
  /** By source file: the modules that it imports and the bundle does not contain. */
  readonly importedExternals: { readonly [file: string]: readonly string[] };
  /** Ready to print, with file, line, and excerpt. */
  readonly warnings: readonly string[];
  /** By file that a loader copied into the asset: its source file, relative to the project root. */
  readonly copied: Readonly<Record<string, string>>;
}

/** A chunk with its exports and imports. */
export interface BundledChunk extends Omit<Chunk, 'role'> {
  readonly exports: readonly string[];
  /** Modules that the bundle does not contain, except the builtin modules of Node.js. */
  readonly externals: readonly string[];
  /** The external modules that are loaded with the chunk. `import()` loads the others later. */
  readonly loadedExternals: readonly string[];
}

/** Turns a job into files. Tests use a fake. The real bundler is esbuild. */
export interface Bundler {
  build(job: BuildJob): BuildResult;
  incremental(): IncrementalBundler;
}

/** Rebuilds without blocking, and reuses what has not changed. */
export interface IncrementalBundler {
  /** The files that the last build did not find: absolute paths, perhaps without extensions. */
  readonly missing: readonly string[];
  /** Returns what `Bundler.build` returns. */
  build(job: BuildJob): Promise<BuildResult>;
  dispose(): Promise<void>;
}

/** The chunk file of a router. */
export function routerFile(name: string): string {
  return `routers/${name}.mjs`;
}
