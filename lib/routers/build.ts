import { checkAssetSize } from './asset/asset-size';
import { BuiltCode } from './built-code';
import { buildLoadGraph, LoadGraph } from './load-graph';
import { IncludedChunks, includedChunks } from './preload/included-chunks';
import { ObservedImport } from './preload/observed-import';
import { planPreload, PreloadPlan } from './preload/preload-plan';
import { PreloadPolicy } from './preload/preload-policy';
import { EntryOptions, RouterCode } from './router-code';

/** Everything that determines the contents of a build, apart from the routers. */
export interface BuildOptions {
  readonly entry: EntryOptions;
  readonly preload: PreloadPolicy;
  /** The memory size for which INIT is planned, in MB. */
  readonly memoryMb: number;
}

/** The result of a build, before any of its code has run. */
export interface Build {
  readonly code: RouterCode;
  readonly options: BuildOptions;
  readonly built: BuiltCode;
  readonly graph: LoadGraph;
  /** The chunks that the preload policy includes by name. */
  readonly included: IncludedChunks;
  readonly plan: PreloadPlan;
}

/** Builds the routers and plans what INIT loads. */
export function buildRouters(code: RouterCode, options: BuildOptions): Build {
  return completeBuild({ code, options, built: code.build(options.entry) });
}

/** Plans what INIT loads from code that is already built. */
export function completeBuild(parts: Pick<Build, 'code' | 'options' | 'built'>): Build {
  checkAssetSize(parts.built);
  return planBuild(parts, []);
}

/** The same code, with a plan that counts the dynamic imports that smoke requests have shown. */
export function withObservedImports(build: Build, imports: readonly ObservedImport[]): Build {
  if (imports.length === 0) return build;
  const added = build.code.addImports?.(imports) ?? { built: build.built, imports };
  return planBuild({ ...build, built: added.built }, added.imports);
}

function planBuild({ code, options, built }: Pick<Build, 'code' | 'options' | 'built'>, imports: readonly ObservedImport[]): Build {
  const { preload, memoryMb } = options;
  const graph = buildLoadGraph(built, imports);
  const included = includedChunks(built, graph, preload._include);
  const planned = planPreload(graph, code.routers, preload, { memoryMb, loadCost: code.loadCost, included });
  const plan = code.settlePlan?.(planned, graph) ?? planned;
  return { code, options, built, graph, included, plan };
}

/** Equal keys give equal builds. */
export function buildKey(code: RouterCode, { entry, preload, memoryMb }: BuildOptions): string {
  const { _description: policy, _include: include } = preload;
  const threshold = preload._threshold({ memoryMb, loadCost: code.loadCost });
  return JSON.stringify([code.language, code.key, entry, policy, include, threshold, memoryMb]);
}
