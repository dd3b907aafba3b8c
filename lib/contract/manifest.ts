/**
 * The manifest: what was built, written beside the code.
 *
 * The runtime reads it only when a router fails to load, tools read it from the staged asset.
 */

/** The manifest's file name in the asset. */
export const MANIFEST_FILE = 'manifest.json';

/** Raised when a reader of the previous version would misread the new one. */
export const MANIFEST_VERSION = 1;

/** What was built for one LazyApiFunction. */
export interface ApiManifest {
  /** The version of this schema. */
  readonly version: number;
  /** The routers, sorted by prefix. */
  readonly routers: ManifestRouter[];
  /** The chunks that are not a router's own, sorted by file. */
  readonly sharedChunks: ManifestChunk[];
  /**
   * The packages that are installed beside the code, sorted by directory.
   * @default - none
   */
  readonly packages?: ManifestPackage[];
  /** What INIT loads, and why. */
  readonly preload: ManifestPreload;
  /** The size of all code files and installed packages of the asset, in bytes. Source maps and the files of `bundling.files` do not count. */
  readonly totalBytes: number;
  /**
   * Which share of the code and packages that routers need the mean cold start needs, from 0 to 1. With 0.1, lazy loading leaves out
   * nine tenths. Near 1, all routers need the same, and lazy loading leaves out nothing.
   */
  readonly neededShare: number;
}

/** One router as it was built. */
export interface ManifestRouter {
  /** The path prefix that the router serves, for example `/api/v1/providers`. */
  readonly prefix: string;
  /** A short name, unique within the API. */
  readonly name: string;
  /** The router's source file, relative to the project root. */
  readonly entry: string;
  /**
   * How the router is called: `fetch`, `lambda`, `listener` for the app of a server framework,
   * or `stream` for a Lambda handler that streams its answer.
   * @default - not known, because synthesis did not load it
   */
  readonly kind?: string;
  /** The router's own chunk. */
  readonly file: string;
  /** The size of the router's own chunk, in bytes. */
  readonly bytes: number;
  /** The size of all chunks and installed packages that a first request to this router needs, in bytes. */
  readonly totalBytes: number;
  /** Every chunk without which the router does not load, dependencies first, its own chunk last. */
  readonly chunks: string[];
  /**
   * The chunks that its first request imports dynamically, as far as smoke requests have shown.
   * @default - none
   */
  readonly dynamicChunks?: string[];
}

/** One chunk that is not a router's own. */
export interface ManifestChunk {
  /** The file, relative to the asset's root. */
  readonly file: string;
  /** The size, in bytes. */
  readonly bytes: number;
  /**
   * The prefixes of the routers that need it for their first request. Empty for code that only a dynamic import reaches, unless smoke requests
   * show it.
   */
  readonly routers: string[];
  /** The packages and source files that it holds, largest first, at most five. */
  readonly contents: string[];
}

/** One package that is installed beside the code. */
export interface ManifestPackage {
  /** The directory, relative to the asset's root: `node_modules/sharp`. */
  readonly directory: string;
  /** The size, in bytes, without the packages that it depends on. */
  readonly bytes: number;
  /**
   * The prefixes of the routers that need it for their first request. Empty for a package that only computed names reach, or `import()`, unless smoke
   * requests show it.
   */
  readonly routers: string[];
}

/** What INIT loads, and why. */
export interface ManifestPreload {
  /** The policy in words. */
  readonly policy: string;
  /** The size of the code that INIT loads, in bytes. Installed packages do not count. */
  readonly initBytes: number;
  /** A decision for every chunk that at least one router needs. */
  readonly decisions: ManifestPreloadDecision[];
}

/** Why one chunk is, or is not, loaded in INIT. */
export interface ManifestPreloadDecision {
  /** The chunk's file, relative to the asset's root. */
  readonly file: string;
  /** Whether INIT loads it. */
  readonly preload: boolean;
  /** Why, in words. */
  readonly reason: string;
}
