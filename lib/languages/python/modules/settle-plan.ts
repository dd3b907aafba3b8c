import { Grouping } from './module-groups';
import { PlanStep } from './observation';
import { LoadGraph } from '../../../routers/load-graph';
import { keepLazy } from '../../../routers/preload/keep-lazy';
import { PlannedRouter, PreloadPlan } from '../../../routers/preload/preload-plan';

/** A plan that INIT can carry out, with the modules to import. */
export interface SettledPlan {
  readonly plan: PreloadPlan;
  /** The modules that INIT names. What they import themselves is left out. */
  readonly modules: readonly string[];
}

/** Imports modules one after the other in a fresh process. */
export type RunPlan = (modules: readonly string[]) => readonly PlanStep[];

/** How many times a plan is tried with fewer chunks. */
const MOST_ROUNDS = 10;

/** Runs the plan as INIT does. What fails there, or imports what no chunk of the plan has, stays lazy. */
export function settlePlan(
  planned: PreloadPlan, graph: LoadGraph, routers: readonly PlannedRouter[], { grouping, run }: { grouping: Grouping; run: RunPlan },
): SettledPlan {
  let plan = planned;
  const reasons = new Map<string, string>();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const wanted = modulesOf(withoutWholeRouters(plan, graph, routers), grouping);
    const steps = wanted.length === 0 ? [] : run(wanted);
    const expected = new Set([...plan.decisions.filter(({ preload }) => preload).map(({ file }) => file), ...graph.entry]);
    const found = problemsOf(steps, grouping, expected);
    if (found.size === 0) return { plan, modules: steps.filter(({ step, modules }) => modules.includes(step)).map(({ step }) => step) };
    found.forEach((reason, file) => reasons.set(file, reason));
    plan = keepLazy(planned, graph, routers, reasons);
  }
  const rest = plan.chunks.map((file) => [file, 'the plan was tried too often with fewer modules'] as const);
  return { plan: keepLazy(planned, graph, routers, new Map([...reasons, ...rest])), modules: [] };
}

/** What a router needs that INIT loads completely is imported by the router itself, in the order that the router needs. */
function withoutWholeRouters(plan: PreloadPlan, graph: LoadGraph, routers: readonly PlannedRouter[]): Pick<PreloadPlan, 'chunks'> {
  const whole = routers.filter(({ prefix }) => plan.routers.includes(prefix));
  const covered = new Set(whole.flatMap(({ name }) => graph.closures.get(name)!));
  return { chunks: plan.chunks.filter((file) => !covered.has(file)) };
}

/** The modules of the plan's chunks, in the order in which they were imported: in this order they have imported each other before. */
export function modulesOf({ chunks }: Pick<PreloadPlan, 'chunks'>, { order, byModule }: Grouping): string[] {
  const files = new Set(chunks);
  return order.filter((name) => files.has(byModule.get(name)!.chunk.file));
}

/** By chunk: why INIT cannot load it. */
function problemsOf(steps: readonly PlanStep[], { byModule }: Grouping, expected: ReadonlySet<string>): Map<string, string> {
  const problems = new Map<string, string>();
  for (const { step, modules, error } of steps) {
    const { chunk: { file } } = byModule.get(step)!;
    const foreign = modules.find((name) => !expected.has(byModule.get(name)?.chunk.file ?? ''));
    if (error !== null) problems.set(file, `it stays lazy, because the import of ${step} fails before a router is imported: ${error}`);
    else if (foreign !== undefined) problems.set(file, `it stays lazy, because the import of ${step} without a router also imports ${foreign}`);
  }
  return problems;
}
