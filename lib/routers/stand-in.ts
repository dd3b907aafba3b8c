import { bytesOf, LoadGraph } from './load-graph';
import { ResolvedRouter } from './resolve-routers';
import { ManifestPreloadDecision } from '../contract/manifest';

type Candidate = Pick<ResolvedRouter, 'prefix' | 'name' | 'share'>;

/** Where routers share less, they start as fast without. In bytes. */
const ENOUGH_SHARED = 500_000;

/** A stand-in needs so much of what INIT loads for routers, and so little beside it. */
const NEARLY_ALL = 0.9;
const NEARLY_NOTHING = 0.01;

/**
 * Lets INIT load one router that stands in for all: one that is made of almost only what INIT loads anyway. Modules do much of their work
 * at the first use, so a router that is loaded makes others load faster.
 */
export function withStandIn(
  decisions: readonly ManifestPreloadDecision[], graph: LoadGraph, routers: readonly Candidate[],
): ManifestPreloadDecision[] {
  const preloaded = new Set(decisions.filter(({ file, preload }) => preload && graph.dependants.get(file)!.length > 0).map(({ file }) => file));
  const inInit = bytesOf(graph, [...preloaded]);
  const missingOf = ({ name }: Candidate) => graph.closures.get(name)!.filter((file) => !preloaded.has(file));
  const standsIn = (router: Candidate) => {
    const missing = bytesOf(graph, missingOf(router));
    const shared = bytesOf(graph, graph.closures.get(router.name)!) - missing;
    return shared >= ENOUGH_SHARED && shared >= inInit * NEARLY_ALL && missing <= shared * NEARLY_NOTHING;
  };
  const candidates = routers.filter(standsIn);
  if (candidates.length === 0 || candidates.some((router) => missingOf(router).length === 0)) return [...decisions];
  const chosen = candidates.reduce((best, router) => (router.share > best.share ? router : best));
  const missing = new Set(missingOf(chosen));
  const reason = `${chosen.prefix} stands in for all routers: INIT loads almost all of its code anyway`;
  return decisions.map((decision) => (missing.has(decision.file) ? { ...decision, preload: true, reason } : decision));
}
