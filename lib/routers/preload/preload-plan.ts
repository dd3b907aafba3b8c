import { importFirst } from './import-first';
import { IncludedChunks } from './included-chunks';
import { bytesOf, isCodeFile, isDynamic, LoadGraph, postOrder } from '../load-graph';
import { LoadConditions, percent, PreloadPolicy } from './preload-policy';
import { withWarmUpRouter } from './warm-up-router';
import { ManifestPreloadDecision } from '../../contract/manifest';

/** The routers as the plan sees them. */
export interface PlannedRouter {
  readonly prefix: string;
  readonly name: string;
  readonly preload: boolean;
  readonly share: number;
  /** True for the application that includes the others. */
  readonly isApplication?: boolean;
}

export interface PreloadPlan {
  readonly policy: string;
  /** One for each chunk that a router needs or the policy includes, sorted by file. */
  readonly decisions: readonly ManifestPreloadDecision[];
  /** The chunks to import in INIT, dependencies first, without those that the entry imports anyway. */
  readonly chunks: readonly string[];
  /** By chunk that code imports dynamically: the chunks to import before it, one after the other. */
  readonly first: ReadonlyMap<string, readonly string[]>;
  /** Prefixes of the routers whose own chunk is preloaded. */
  readonly routers: readonly string[];
  /** The memory size that the plan is made for, in MB. */
  readonly memoryMb: number;
  /** The size of the code that INIT loads, in bytes. Installed packages do not count. */
  readonly initBytes: number;
}

/** The conditions under which code is loaded, and what INIT always loads. */
export interface PlanConditions extends LoadConditions {
  readonly included: IncludedChunks;
}

/** Decides for every chunk whether INIT loads it. Everything that a preloaded chunk imports is also preloaded. */
export function planPreload(
  graph: LoadGraph, routers: readonly PlannedRouter[], policy: PreloadPolicy, conditions: PlanConditions,
): PreloadPlan {
  const threshold = policy._threshold(conditions);
  const wanted = [...[...graph.needs.values()].flat(), ...conditions.included.keys()];
  const needed = [...new Set(wanted)].filter((file) => isCodeFile(graph, file));
  const decided = needed.map((file) => decideIncluded(file, conditions.included) ?? decide(file, graph, routers, threshold));
  const decisions = policy._warmsUp ? withWarmUpRouter(decided, graph, routers) : decided;
  const preloaded = new Set(decisions.filter(({ preload }) => preload).map(({ file }) => file));
  const whole = routers.filter(({ name }) => preloaded.has(ownChunk(graph, name)));
  const loadedWhole = new Set(whole.map(({ name }) => ownChunk(graph, name)));
  return {
    policy: `${policy._description} at ${conditions.memoryMb} MB`,
    decisions: decisions.sort((a, b) => (a.file < b.file ? -1 : 1)),
    chunks: needed.filter((file) => preloaded.has(file) && !graph.entry.includes(file) && !loadedWhole.has(file)),
    first: importFirst(graph, preloaded),
    routers: whole.map(({ prefix }) => prefix),
    memoryMb: conditions.memoryMb,
    initBytes: bytesOf(graph, [...new Set([...graph.entry, ...preloaded])]),
  };
}

function decideIncluded(file: string, included: IncludedChunks): ManifestPreloadDecision | undefined {
  const name = included.get(file);
  return name === undefined ? undefined : { file, preload: true, reason: `the policy includes ${name}` };
}

function decide(file: string, graph: LoadGraph, routers: readonly PlannedRouter[], threshold: number): ManifestPreloadDecision {
  const names = new Set(graph.dependants.get(file));
  const dependants = routers.filter(({ name }) => names.has(name));
  if (graph.entry.includes(file)) return { file, preload: true, reason: 'the entry imports it' };
  const asked = dependants.filter(({ preload }) => preload);
  if (asked.length > 0) return { file, preload: true, reason: `${asked.map(({ prefix }) => prefix).join(', ')} has preload: true` };
  const share = dependants.reduce((sum, router) => sum + router.share, 0);
  // Shares are sums of fractions. The share of a chunk that all routers need is 1, apart from rounding.
  const preload = share >= threshold - 1e-9;
  const all = routers.filter(({ isApplication }) => !isApplication);
  const needed = `${dependants.length} of ${all.length} routers (${percent(share)} of cold starts) need it`;
  const shown = isDynamic(graph, file) ? '; smoke requests show that first requests import it' : '';
  return { file, preload, reason: `${needed}${shown}; ${reasonOf(threshold)}` };
}

/** All chunks that INIT loads: those of the entry, those in the plan, and the packages that these import. */
export function filesInInit(graph: LoadGraph, { decisions }: PreloadPlan): string[] {
  const named = [...graph.entry, ...decisions.filter(({ preload }) => preload).map(({ file }) => file)];
  return [...new Set(named.flatMap((file) => postOrder(graph.chunks, file)))];
}

function ownChunk(graph: LoadGraph, name: string): string {
  const closure = graph.closures.get(name)!;
  return closure[closure.length - 1];
}

function reasonOf(threshold: number): string {
  if (threshold === Infinity) return 'the policy preloads nothing';
  if (threshold === 0) return 'the policy preloads everything';
  return `preloading pays off at ${percent(threshold)} or more`;
}
