import { ManifestPreloadDecision } from '../../contract/manifest';
import { bytesOf, LoadGraph } from '../load-graph';
import { ResolvedRouter } from '../resolve-routers';

type Candidate = Pick<ResolvedRouter, 'prefix' | 'name' | 'share'>;

/** With less shared code, a warm-up does not make routers faster. In bytes. */
const ENOUGH_SHARED = 500_000;

/** The minimum share of INIT's code for routers that the router needs, and the maximum share of code that it may add. */
const NEARLY_ALL = 0.9;
const NEARLY_NOTHING = 0.01;

/**
 * Lets INIT load one router as a warm-up for all: one that consists almost only of code that INIT loads anyway. Modules do much of their work at
 * first use, so the other routers then load faster.
 */
export function withWarmUpRouter(
  decisions: readonly ManifestPreloadDecision[], graph: LoadGraph, routers: readonly Candidate[],
): ManifestPreloadDecision[] {
  const preloaded = new Set(decisions.filter(({ file, preload }) => preload && graph.dependants.get(file)!.length > 0).map(({ file }) => file));
  const inInit = bytesOf(graph, [...preloaded]);
  const missingOf = ({ name }: Candidate) => graph.needs.get(name)!.filter((file) => !preloaded.has(file));
  const warmsUp = (router: Candidate) => {
    const missing = bytesOf(graph, missingOf(router));
    const shared = bytesOf(graph, graph.needs.get(router.name)!) - missing;
    return shared >= ENOUGH_SHARED && shared >= inInit * NEARLY_ALL && missing <= shared * NEARLY_NOTHING;
  };
  const candidates = routers.filter(warmsUp);
  if (candidates.length === 0 || candidates.some((router) => missingOf(router).length === 0)) return [...decisions];
  const chosen = candidates.reduce((best, router) => (router.share > best.share ? router : best));
  const missing = new Set(missingOf(chosen));
  const reason = `${chosen.prefix} is the warm-up for all routers: INIT loads almost all of its code anyway`;
  return decisions.map((decision) => (missing.has(decision.file) ? { ...decision, preload: true, reason } : decision));
}
