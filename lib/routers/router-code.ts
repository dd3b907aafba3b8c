import type { BuiltCode, CodeFile, IndexFile } from './built-code';
import type { IncrementalBuild } from './incremental-build';
import type { LoadGraph } from './load-graph';
import type { PreloadPlan } from './preload/preload-plan';
import type { LoadCost } from './preload/preload-policy';
import type { MapPath } from './recipe-router';
import type { ResolvedRouter } from './resolve-routers';
import type { RouterLoader } from './verification/router-loader';
import type { BuildRecipe } from '../contract/api-description';
import type { EndpointTraits } from '../contract/endpoint';
import type { ReportOptions } from '../contract/report-options';
import type { RouterKinds } from '../contract/router-kind';

/** What the function does in addition to calling routers. */
export interface EntryOptions {
  readonly traits: EndpointTraits;
  /** What the function reports. Undefined if it reports nothing. */
  readonly report?: ReportOptions;
  /** Whether the function loads all routers when a deployment asks it to. */
  readonly preTraffic?: boolean;
}

/** Files that turn an asset into the API that it would be without lazy loading. */
export interface MonolithCode {
  /** They replace or complement the files of the asset. */
  readonly files: readonly CodeFile[];
  /** The size of its code. Undefined if it is the code of the asset. */
  readonly bytes?: number;
}

/**
 * The routers of one function, in some programming language. This is the interface between the construct and a language: the construct resolves,
 * plans, verifies, and deploys, and the language builds.
 */
export interface RouterCode {
  /** The name of the language, for errors. */
  readonly language: string;
  /** The routers, sorted by prefix. They are already checked against each other and the disk. */
  readonly routers: readonly ResolvedRouter[];
  /** All source files are named relative to this directory. */
  readonly projectRoot: string;
  /** The function's `handler`. */
  readonly handler: string;
  /** Whether the language's runtime can stream responses. */
  readonly canStream: boolean;
  /** What it costs to load code of this language in Lambda. */
  readonly loadCost: LoadCost;
  /** What to do about a module that re-exports more than its importers need. */
  readonly barrelAdvice: string;
  /** How verification loads the routers. */
  readonly loader: RouterLoader;
  /** Equal keys give equal builds. */
  readonly key: string;
  /** The function's environment variables: the given ones, and what the language adds. */
  environment(given: Readonly<Record<string, string>>): Readonly<Record<string, string>>;
  /** Describes the routers and the language's options so that the code can be built again without the CDK app. */
  describe(toRelative: MapPath): Pick<BuildRecipe, 'routers' | 'options'>;
  /** Builds everything that does not depend on the preload plan. It only reads files. */
  build(entry: EntryOptions): BuiltCode;
  /** Starts incremental builds. Each build returns what `build` would return. Undefined if the language does not support incremental builds. */
  startIncrementalBuild?(entry: EntryOptions): IncrementalBuild;
  /** Builds what loads all routers at once, for comparison with lazy loading. Undefined if the language cannot build it. */
  buildMonolith?(entry: EntryOptions, kinds: RouterKinds): MonolithCode;
  /** The plan without what cannot be loaded in INIT without another effect. Undefined if everything can. */
  settlePlan?(plan: PreloadPlan, graph: LoadGraph): PreloadPlan;
  /** Returns the module that Lambda loads first. In INIT, it loads what the plan contains. */
  renderIndex(plan: PreloadPlan, kinds: RouterKinds): IndexFile;
}
