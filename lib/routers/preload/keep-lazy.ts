import { importFirst } from './import-first';
import { PlannedRouter, PreloadPlan } from './preload-plan';
import { bytesOf, LoadGraph, postOrder } from '../load-graph';

/** The plan without some chunks and without what imports them. `reasons` says by chunk why it stays lazy. */
export function keepLazy(
  plan: PreloadPlan, graph: LoadGraph, routers: readonly PlannedRouter[], reasons: ReadonlyMap<string, string>,
): PreloadPlan {
  const reasonFor = (file: string) => {
    const cause = postOrder(graph.chunks, file).find((needed) => reasons.has(needed) && !graph.entry.includes(needed));
    if (cause === undefined || graph.entry.includes(file)) return undefined;
    return reasons.get(file) ?? `it imports ${cause}, which stays lazy`;
  };
  const decisions = plan.decisions.map((decision) => {
    const reason = decision.preload ? reasonFor(decision.file) : undefined;
    return reason === undefined ? decision : { ...decision, preload: false, reason };
  });
  const preloaded = new Set(decisions.filter(({ preload }) => preload).map(({ file }) => file));
  const own = ({ name }: PlannedRouter) => graph.closures.get(name)!.slice(-1)[0];
  return {
    ...plan,
    decisions,
    chunks: plan.chunks.filter((file) => preloaded.has(file)),
    first: importFirst(graph, preloaded),
    routers: routers.filter((router) => preloaded.has(own(router))).map(({ prefix }) => prefix),
    initBytes: bytesOf(graph, [...new Set([...graph.entry, ...preloaded])]),
  };
}
