import { isDynamic, LoadGraph, postOrder } from '../load-graph';

/**
 * By chunk that code imports dynamically: the chunks that INIT imports before it, one after the other, so that it is evaluated after the code that
 * imports it. Only preloaded chunks count.
 */
export function importFirst(graph: LoadGraph, preloaded: ReadonlySet<string>): Map<string, readonly string[]> {
  const first = new Map<string, readonly string[]>([...preloaded].filter((file) => !isDynamic(graph, file)).map((file) => [file, []]));
  // The loop also visits entries that are added while it runs.
  for (const [file, before] of first) {
    const later = graph.observed.get(file)!.flatMap((imported) => postOrder(graph.chunks, imported));
    later.filter((added) => preloaded.has(added) && !first.has(added)).forEach((added) => first.set(added, [...before, file]));
  }
  return new Map([...first].filter(([, before]) => before.length > 0));
}
