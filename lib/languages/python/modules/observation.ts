/** What observe.py reports. */

/** A module that was imported. */
export interface ObservedModule {
  readonly name: string;
  /** The absolute path of its file. Null for builtins and namespace packages. */
  readonly file: string | null;
  /** Whether it belongs to the standard library. */
  readonly standard: boolean;
  /** How long it took to import, with everything that it imports. Undefined for what has no code. */
  readonly ms?: number;
  /** How much memory that took. */
  readonly kb?: number;
}

/** What importing one module has imported in addition to the scopes before it, in the order in which the imports began. */
export interface ObservedScope {
  /** The name of a router, or one of {@link FIRST_SCOPES}. */
  readonly scope: string;
  readonly modules: readonly ObservedModule[];
  /** Pairs of modules: the import of the first asks for the second, which may be imported already. */
  readonly edges: ReadonlyArray<readonly [from: string, to: string]>;
  /** Why the import failed. What it had imported before counts. */
  readonly error: string | null;
  /** The names of its routes, for `url_for`. Null if they are unknown. */
  readonly routeNames: readonly string[] | null;
}

/** What a step of a preload plan has done. */
export interface PlanStep {
  /** The module that was imported. */
  readonly step: string;
  /** What its import has imported, without the standard library. */
  readonly modules: readonly string[];
  readonly error: string | null;
}

/** The scopes that are loaded before any router. No router has such a name. */
export const MAIN_SCOPE = '<main>';
export const APP_SCOPE = '<app>';
/** The scope of what smoke requests have imported. No process reports it. */
export const REQUEST_SCOPE = '<requests>';
export const FIRST_SCOPES: readonly string[] = [MAIN_SCOPE, APP_SCOPE];
