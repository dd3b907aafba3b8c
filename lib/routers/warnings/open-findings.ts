import { Build } from '../build';
import { Warning } from './warning';

/** The open findings about chunks, one warning for each ID. Findings are closed if all routers of the chunk passed a smoke request. */
export function openFindings({ built: { findings = [] }, code: { routers }, graph }: Build, proved: ReadonlySet<string>): Warning[] {
  const isProved = (chunk: string) => {
    const dependants = graph.dependants.get(chunk)!;
    return dependants.length > 0 && routers.every(({ name, prefix }) => !dependants.includes(name) || proved.has(prefix));
  };
  const open = new Map<string, Warning>();
  for (const { chunk, id, text } of findings) {
    if (!isProved(chunk) && !open.has(id)) open.set(id, { id, text });
  }
  return [...open.values()];
}
