/** A router that did not load. */
export interface LoadFailure {
  readonly prefix: string;
  /** The router's source file, relative to the project root. */
  readonly entry: string;
  /** The chunk whose evaluation failed, if it is known. */
  readonly chunk?: string;
  /** The module that was not found. */
  readonly missingModule?: string;
  /** Whether the failure would not occur in a newer version of the language's runtime. */
  readonly needsNewerRuntime?: boolean;
  /** A key of {@link RouterLoader.advice}. */
  readonly advice?: string;
  readonly message: string;
}

/** How the routers of a language are loaded, and what their failures mean. */
export interface RouterLoader {
  /**
   * The process that loads the routers: a program and its arguments. It reads a LoaderInput from stdin as JSON. It writes a LoaderReport as a line of
   * JSON to file descriptor 3 when the state of a router changes.
   */
  readonly command: readonly [program: string, ...args: string[]];
  /**
   * The process that sends requests to the function: a program and its arguments. It reads a SmokeInput from stdin as JSON, and writes SmokeReports
   * to file descriptor 3: responses, and imports between files of the asset. It refuses connections to the network.
   */
  readonly smokeCommand: readonly [program: string, ...args: string[]];
  /** The file of the asset through which the process loads routers. */
  readonly main: string;
  /** Environment variables that configure Lambda's process rather than the routers. */
  readonly processVariables: readonly string[];
  /** Advice for failures of one kind. `missing` is about missing modules. */
  readonly advice: { readonly [kind: string]: string };
  /** What to consider if synthesis runs on another version of the language's runtime than the function. */
  readonly versionAdvice?: string;
  /** Makes modules that are external to the asset available to a copy of it. */
  linkExternals(externals: readonly string[], asset: string): void;
  /** Why a failure during synthesis says nothing about Lambda. Undefined if it would also occur there. */
  inconclusiveReason(failure: LoadFailure, externals: readonly string[]): string | undefined;
}
