import { refuseTooLarge } from '../../routers/asset-size';
import { ColdStartBudgets } from '../../routers/budget-options';
import { BuildResult, Bundler, routerFile } from './bundler';
import { bundlingOptionsOf, checkBundlingOptions } from './check-options';
import { buildChunkGraph, ChunkGraph } from '../../routers/load-graph';
import { MAIN_FILE, MainOptions, renderMain } from './entry-source';
import { BundlingOptions } from './bundling-options';
import { planPreload, PreloadPlan } from '../../routers/preload-plan';
import { PreloadPolicy } from '../../routers/preload-policy';
import { findProjectRoot, lookupDirectory } from '../../routers/project-root';
import { ResolvedRouter, resolveRouters } from '../../routers/resolve-routers';
import { Routers } from './routers';
import { PLAIN_ENDPOINT } from '../../contract/endpoint';
import { LazyApiError } from '../../private/errors';

/** Everything that decides what a bundle contains. */
export interface BundleSpec extends MainOptions {
  readonly projectRoot: string;
  /** From here upward packages are looked up that are not in the bundle: esbuild, and external modules. */
  readonly lookupDirectory: string;
  readonly routers: readonly ResolvedRouter[];
  readonly options: BundlingOptions;
  /** The JavaScript version of the function's runtime. */
  readonly target: string;
  readonly preload: PreloadPolicy;
  readonly memoryMb: number;
  /** What a cold start may load. */
  readonly budgets?: ColdStartBudgets;
}

/** What was built, before anything has run. */
export interface Build {
  readonly routers: readonly ResolvedRouter[];
  readonly result: BuildResult;
  readonly graph: ChunkGraph;
  readonly plan: PreloadPlan;
  /** Modules that were left out of the bundle and are imported by name. */
  readonly externals: readonly string[];
  /** Whether the front door streams answers. */
  readonly streaming: boolean;
}

/** Checks the declarations against each other and the disk. */
export function specifyBundle(
  declared: Routers,
  options: BundlingOptions,
  lambda: { readonly target: string; readonly preload: PreloadPolicy; readonly memoryMb: number },
): BundleSpec {
  checkBundlingOptions(options);
  const entries = declared._declarations.map(({ entry }) => entry);
  const projectRoot = findProjectRoot(entries, options.projectRoot);
  return {
    projectRoot,
    lookupDirectory: lookupDirectory(entries),
    routers: resolveRouters(declared._declarations, projectRoot),
    options: bundlingOptionsOf(options),
    ...lambda,
    traits: PLAIN_ENDPOINT,
  };
}

/** Bundles: pure but for the sources that the bundler reads. */
export function bundle(spec: BundleSpec, bundler: Bundler): Build {
  const { routers } = spec;
  const result = bundler.build({ ...spec, main: renderMain(routers, spec) });
  refuseMissingExports(routers, result);
  refuseTooLarge(result);
  const graph = buildChunkGraph(result.chunks, MAIN_FILE, routers);
  return {
    routers,
    result,
    graph,
    plan: planPreload(graph, routers, spec.preload, spec.memoryMb),
    externals: [...new Set(result.chunks.flatMap(({ externals }) => externals))].sort(),
    streaming: spec.traits.streaming,
  };
}

/** A module that re-exports another whole may have any export: only its loading can tell. */
const EXPORTS_UNKNOWN = /\bexport\s*\*\s*from\b/;

function refuseMissingExports(routers: readonly ResolvedRouter[], { chunks, files }: BuildResult): void {
  for (const { name, prefix, entry } of routers) {
    const file = routerFile(name);
    const exported = chunks.find((chunk) => chunk.file === file)?.exports ?? [];
    if (exported.includes('default') || exported.includes('handler')) continue;
    const text = files.find(({ path: other }) => other === file);
    if (text && EXPORTS_UNKNOWN.test(Buffer.from(text.contents).toString())) continue;
    throw new LazyApiError(
      'ROUTER_EXPORT_MISSING',
      `the router at "${prefix}" (${entry}) must have a default export or an export named "handler", got ${exported.length > 0 ? `only ${exported.join(', ')}` : 'no export at all'}; a module that is no router is left out when its name begins with _`,
    );
  }
}
