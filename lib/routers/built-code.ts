import type { Warning } from './warnings/warning';

/** A file of the asset, in memory. */
export interface CodeFile {
  /** Relative to the asset's root, with `/`. */
  readonly path: string;
  readonly contents: Uint8Array;
  /** Whether it is executable. */
  readonly executable?: boolean;
}

/** The module that Lambda loads first. */
export interface IndexFile extends CodeFile {
  /** The parts of the runtime that it loads in addition to the plan. */
  readonly parts?: readonly string[];
}

/** A file of a package that is installed for Lambda. Its contents stay on disk. */
export interface InstalledFile extends Omit<CodeFile, 'contents'> {
  /** Where it is on this machine. */
  readonly source: string;
  readonly bytes: number;
  /** Files of equal contents have equal digests. */
  readonly digest: string;
}

/** What a chunk contains: the start of the function, one router, a part of the library, code that routers share, or an installed package. */
export type ChunkRole = 'entry' | 'router' | 'runtime' | 'shared' | 'package';

/** One code file, which is loaded completely, or one installed package. */
export interface Chunk {
  /** Relative to the asset's root, with `/`. For a package: its directory. */
  readonly file: string;
  readonly role: ChunkRole;
  readonly bytes: number;
  /** How many code files are read to load it. By default one, and none for a package. */
  readonly files?: number;
  /** The chunks that are evaluated before this one, in order. */
  readonly imports: readonly string[];
  /** The chunks that its code may import later. */
  readonly dynamicImports?: readonly string[];
  /** Bytes by source file. Source files are named relative to the project root. */
  readonly inputs: { readonly [sourceFile: string]: number };
}

/** A warning about the code of a chunk. */
export interface Finding extends Warning {
  readonly chunk: string;
}

/** Where a source file comes from. */
export interface Origin {
  /** The package, or the file itself if it belongs to the project. */
  readonly name: string;
  readonly kind: 'project' | 'package' | 'library';
}

/** What a language builds from routers. Nothing is on disk yet. */
export interface BuiltCode {
  /** All files of the asset except the index, the manifest and installed packages. */
  readonly files: readonly CodeFile[];
  /** The files of packages that are installed for Lambda. They may not run on this machine. */
  readonly installedFiles: readonly InstalledFile[];
  readonly chunks: readonly Chunk[];
  /** By router name: the file of the router's own chunk. */
  readonly routerFiles: ReadonlyMap<string, string>;
  /** By source file: the source files that it imports. */
  readonly imports: { readonly [sourceFile: string]: readonly string[] };
  /** Modules that the code imports but the asset does not contain. */
  readonly externals: readonly string[];
  /** Those of them that Lambda has only if a layer provides them. */
  readonly fromLayers: readonly string[];
  /** The compiler's warnings, ready to print. */
  readonly warnings: readonly string[];
  /** Suspected problems of single chunks. Smoke requests may disprove them. */
  readonly findings?: readonly Finding[];
  originOf(sourceFile: string): Origin;
  /**
   * The value of `imports` if each file imported only what it uses, without modules that only re-export others. Undefined if the language cannot
   * determine it.
   */
  importsPastBarrels?(): BuiltCode['imports'];
}
