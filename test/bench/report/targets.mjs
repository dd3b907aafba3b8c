/** The target of the library: for no app is it slower than the best alternative that people would use. */
import { share, table } from './markdown.mjs';
import { center, ratio } from './statistics.mjs';

/** The ways to build an API as one function. Peers without measurements are ignored. */
const OTHERS = ['monolithEsm', 'nodejsFunction', 'naive', 'everything'];

/**
 * `atMost` is the limit for the ratio, and `surely` the limit for the lower end of its 95 % confidence interval. Above that, the library is certainly
 * slower.
 */
const TARGET = { atMost: 1.05, surely: 1 };

/**
 * A row for each app. The columns are memory sizes. A cell has the ratio to the best peer without an empty handler, the peer's name, and whether the
 * target is missed.
 */
export function targetTable(results) {
  const { memories } = results[0];
  const rows = results.map((result) => [result.app, String(result.samples), ...memories.map((memory) => describe(againstBest(result, memory)))]);
  return table(['this library against the best', 'samples', ...memories.map((memory) => `${memory} MB`)], rows);
}

/** Undefined if no other peer is measured. */
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
