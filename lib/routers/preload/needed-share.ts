import { Build } from '../build';
import { bytesOf } from '../load-graph';

/** The share of the routers' bytes that an average cold start needs. If it is near 1, lazy loading can leave out almost nothing. */
export function neededShare({ code: { routers }, graph }: Pick<Build, 'code' | 'graph'>): number {
  const all = bytesOf(graph, [...new Set([...graph.needs.values()].flat())]);
  const mean = routers.reduce((sum, { name, share }) => sum + share * bytesOf(graph, graph.needs.get(name)!), 0);
  return all === 0 ? 1 : Number((mean / all).toFixed(2));
}
