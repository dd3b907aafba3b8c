import { BundlingOptions } from './bundling-options';

/** One build: a main module and the routers that it imports lazily. */
export interface BuildJob {
  /** Everything is named relative to it. */
  readonly projectRoot: string;
  /** The bundler is looked up from here upward. */
  readonly lookupDirectory: string;
  /** The text of the main module, as if it lay in the project root. */
  readonly main: string;
  readonly routers: readonly BuildEntry[];
  /** The JavaScript version of the function's runtime; `options.target` overrides it. */
  readonly target: string;
  readonly options: BundlingOptions;
}

export interface BuildEntry {
  readonly name: string;
  /** Relative to the project root. */
  readonly entry: string;
}

/** What a build produced, in memory: nothing is on the disk yet. */
export interface BuildResult {
  readonly files: readonly BuildFile[];
  readonly chunks: readonly Chunk[];
  /** By source file, relative to the project root: the source files that it imports. */
  readonly imports: { readonly [file: string]: readonly string[] };
  /** Ready to print, with file, line and excerpt. */
  readonly warnings: readonly string[];
}

export interface BuildFile {
  /** Relative to the asset's root, with `/`. */
  readonly path: string;
  readonly contents: Uint8Array;
}

/** One code file and what it is made of. */
export interface Chunk {
  /** Relative to the asset's root, with `/`. */
  readonly file: string;
  readonly bytes: number;
  /** The chunks that must be evaluated before this one, in their order. */
  readonly imports: readonly string[];
  /** The source file whose exports this chunk has, relative to the project root. */
  readonly entryPoint?: string;
  readonly exports: readonly string[];
  /** Modules that are not in the bundle, Node.js builtins left out. */
  readonly externals: readonly string[];
  /** Bytes by source file. */
  readonly inputs: { readonly [file: string]: number };
}

/** Turns a job into files. Tests fake it; the real one is esbuild. */
export interface Bundler {
  build(job: BuildJob): BuildResult;
}

/** The chunk file of a router. */
export function routerFile(name: string): string {
  return `routers/${name}.mjs`;
}
