/**
 * The manifest describes what was built. It is written next to the code.
 *
 * The runtime reads it only when a router fails to load. Tools read it from the staged asset.
 */

/** The manifest's file name in the asset. */
export const MANIFEST_FILE = 'manifest.json';

/** The schema version. Raise it when readers of the previous version would misread the new one. */
export const MANIFEST_VERSION = 1;

/** Describes what was built for a LazyApiFunction. */
export interface ApiManifest {
  /** The version of this schema. */
  readonly version: number;
  /** The routers, sorted by prefix. */
  readonly routers: ManifestRouter[];
  /** The chunks that are not a router's own chunk, sorted by file. */
  readonly sharedChunks: ManifestChunk[];
  /**
   * The packages that are installed next to the bundle, sorted by directory.
   *
   * @default - none
   */
  readonly packages?: ManifestPackage[];
  /** What INIT loads, and why. */
  readonly preload: ManifestPreload;
  /** The size of all code files and installed packages in the asset, in bytes. Source maps and the files of `bundling.files` are not included. */
  readonly totalBytes: number;
  /**
   * The share of all routers' code and packages that the mean cold start needs, from 0 to 1.
   *
   * At 0.1, lazy loading avoids loading 90 percent of the code. Near 1, all routers need the same code, and lazy loading avoids nothing.
   */
  readonly neededShare: number;
}

/** Describes a router as it was built. */
export interface ManifestRouter {
  /** The path prefix that the router serves, for example `/api/v1/providers`. */
  readonly prefix: string;
  /** A short name that is unique within the API. */
  readonly name: string;
  /** The router's source file, relative to the project root. */
  readonly entry: string;
  /**
   * How the function calls the router: `fetch`, `lambda`, `listener` for the app of a server framework, `stream` for a Lambda handler that streams
   * its response, or `asgi` or `wsgi` for a Python application.
   *
   * @default - unknown, because synthesis did not load the router
   */
  readonly kind?: string;
  /**
   * Whether this is the application that includes the other routers, in Python.
   *
   * @default false
   */
  readonly isApplication?: boolean;
  /** The file of the router's own chunk, relative to the asset's root. */
  readonly file: string;
  /** The size of the router's own chunk, in bytes. */
  readonly bytes: number;
  /** The size of all chunks and installed packages that the first request to this router needs, in bytes. */
  readonly totalBytes: number;
  /** The chunks that the router needs to load: dependencies first, its own chunk last. */
  readonly chunks: string[];
  /**
   * The chunks that the router's first request imports dynamically, as observed with smoke requests.
   *
   * @default - none
   */
  readonly dynamicChunks?: string[];
}

/** Describes a chunk that is not a router's own chunk. */
export interface ManifestChunk {
  /** The file of the chunk, relative to the asset's root. In Python, a module of the project, or the name of a package. */
  readonly file: string;
  /** The size of the chunk, in bytes. In Python, the size of the modules that routers import. */
  readonly bytes: number;
  /**
   * The prefixes of the routers whose first request needs the chunk. Empty if only dynamic imports reach the chunk and no smoke request has imported
   * it.
   */
  readonly routers: string[];
  /** The packages and source files in the chunk, largest first, at most five. */
  readonly contents: string[];
}

/** Describes a package that is installed next to the bundle. */
export interface ManifestPackage {
  /** The directory of the package, relative to the asset's root, for example `node_modules/sharp`. */
  readonly directory: string;
  /** The size of the package in bytes, without its dependencies. */
  readonly bytes: number;
  /**
   * The prefixes of the routers whose first request needs the package. Empty if only `import()` or computed names reach the package and no smoke
   * request has loaded it.
   */
  readonly routers: string[];
}

/** Describes what INIT loads, and why. */
export interface ManifestPreload {
  /** A description of the preload policy. */
  readonly policy: string;
  /** The size of the code that INIT loads, in bytes. Installed packages are not included. */
  readonly initBytes: number;
  /** The decision for each chunk that at least one router needs. */
  readonly decisions: ManifestPreloadDecision[];
}

/** Explains why INIT does or does not load a chunk. */
export interface ManifestPreloadDecision {
  /** The file of the chunk, relative to the asset's root. */
  readonly file: string;
  /** Whether INIT loads the chunk. */
  readonly preload: boolean;
  /** The reason for the decision. */
  readonly reason: string;
}
