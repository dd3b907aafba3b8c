/** What the library promises: on no app is it slower than the best of what people would use instead. */
import { center, ratio } from './statistics.mjs';
import { share, table } from './tables.mjs';

/** The ways to build an API as one function. Those that are not measured do not count. */
const OTHERS = ['monolithEsm', 'nodejsFunction', 'naive', 'everything'];

/** `atMost` for the ratio, and `surely` for the lower end of its 95 % confidence interval: above that, the library is slower beyond doubt. */
const TARGET = { atMost: 1.05, surely: 1 };

/** A row for each app, cells by memory size: the ratio to the best peer, an empty handler subtracted, its name, and whether the target is missed. */
export function targetTable(results) {
  const { memories } = results[0];
  const rows = results.map((result) => [result.app, String(result.samples), ...memories.map((memory) => describe(againstBest(result, memory)))]);
  return table(['this library against the best', 'samples', ...memories.map((memory) => `${memory} MB`)], rows);
}

/** Undefined if none of the others is measured. */
export function againstBest({ peers, cells, empty }, memory) {
  const timeOf = (peer) => center(cells[memory][peer].sum);
  const [best] = OTHERS.filter((peer) => peers.includes(peer)).sort((a, b) => timeOf(a) - timeOf(b));
  if (!best || !peers.includes('lazy')) return undefined;
  const against = ratio(cells[memory].lazy.sum, cells[memory][best].sum, empty[memory]);
  return { best, ...against, isMet: against.ratio <= TARGET.atMost && against.low <= TARGET.surely };
}

function describe(against) {
  return against ? `${share(against)} ${against.best}${against.isMet ? '' : ' **missed**'}` : '';
}
