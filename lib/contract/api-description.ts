/** What synthesis writes into the assembly for tools: one file per API, next to the template. It contains no values of variables. */
import type { EndpointTraits, EventSource } from './endpoint';
import type { ReportOptions } from './report-options';

/** The version of the format. Raise it if readers of the previous version would misread the new one. */
export const API_DESCRIPTION_VERSION = 2;

/** The names of the files with descriptions. */
export const API_DESCRIPTION_FILE = /^lazy-api\.[0-9a-f]+\.json$/;

export interface ApiDescription {
  /** The version of this schema. */
  readonly version: typeof API_DESCRIPTION_VERSION;
  /** The path of the construct. */
  readonly construct: string;
  /** The name of the deployed stack. */
  readonly stack: string;
  /** Undefined if it is known only at deployment. */
  readonly region?: string;
  /**
   * The template that contains the function, relative to the directory of this file. For a function in a nested stack, it is the template of the
   * nested stack.
   */
  readonly template: string;
  readonly function: DescribedFunction;
  readonly endpoint: DescribedEndpoint;
  readonly code: DescribedCode;
}

export interface DescribedFunction {
  readonly logicalId: string;
  /** The directory of its code, relative to the directory of this file. */
  readonly asset: string;
  readonly handler: string;
  /** `nodejs24.x` */
  readonly runtime: string;
  /** `arm64` or `x86_64`. */
  readonly architecture: string;
}

export interface DescribedEndpoint {
  readonly source: EventSource;
  readonly traits: EndpointTraits;
}

export interface DescribedCode {
  /** `JavaScript` */
  readonly language: string;
  /** The root of the project that the routers belong to, relative to the directory of this file. */
  readonly project: string;
  /** Modules that the code imports and the asset does not contain, or contains for Lambda's platform. */
  readonly externals: readonly string[];
  /** The file with the module graph, relative to the directory of this file. */
  readonly modules: string;
  readonly recipe: BuildRecipe;
}

/** What is needed to rebuild the code without the CDK app. Paths are relative to the directory of the description. */
export interface BuildRecipe {
  readonly routers: readonly RecipeRouter[];
  /** The language's own options. */
  readonly options: object;
  /** What the function does in addition to calling routers. */
  readonly entry: {
    readonly traits: EndpointTraits;
    readonly report?: ReportOptions;
    readonly preTraffic?: boolean;
  };
  readonly preload: RecipePreload;
}

/** A router as it was declared. */
export interface RecipeRouter {
  readonly prefix: string;
  readonly entry: string;
  readonly name?: string;
  /** How errors refer to it. */
  readonly label: string;
  readonly options: { readonly preload?: boolean; readonly trafficShare?: number; readonly stripPrefix?: boolean };
}

/** A preload policy for one memory size. */
export interface RecipePreload {
  /** The policy in words. */
  readonly policy: string;
  /** The memory size, in MB. */
  readonly memoryMb: number;
  /** The minimum share of cold starts for which INIT loads a chunk. Undefined if the policy loads no chunk because of its share. */
  readonly threshold?: number;
  /** Packages that INIT loads in any case. */
  readonly include: readonly string[];
  /** Whether INIT loads one router as a warm-up for all routers. */
  readonly warmsUp: boolean;
}

/** Which source files are in which chunk, and what they import. Source files are named relative to the project root. */
export interface ModuleGraph {
  readonly chunks: readonly GraphChunk[];
  /** By source file: the source files that it imports. */
  readonly imports: { readonly [sourceFile: string]: readonly string[] };
  /** Where the source files come from that do not belong to the project. */
  readonly origins: readonly GraphOrigin[];
}

/** A package, or this library's runtime, with its source files. */
export interface GraphOrigin {
  readonly name: string;
  readonly kind: 'package' | 'library';
  readonly sources: readonly string[];
}

/** Code that is loaded together: a code file of the asset, modules of a package, or a package that is installed in the asset. */
export interface GraphChunk {
  /** Relative to the asset's root. For a package: its directory, or its name in Python. */
  readonly file: string;
  readonly role: 'entry' | 'router' | 'runtime' | 'shared' | 'package';
  readonly bytes: number;
  /** How many code files are read to load it, if that is known. A package in `node_modules` has none. */
  readonly files: number;
  /** The chunks that are loaded with it. */
  readonly imports: readonly string[];
  /** The chunks that its code may import later. */
  readonly dynamicImports: readonly string[];
  /** By source file: its bytes in the chunk. */
  readonly inputs: { readonly [sourceFile: string]: number };
}

/** The name of the file with a construct's description, by the construct's address. */
export function apiDescriptionFile(address: string): string {
  return `lazy-api.${address}.json`;
}

/** The name of the file with a construct's module graph, by the construct's address. */
export function moduleGraphFile(address: string): string {
  return `lazy-api.${address}.modules.json`;
}
