/** Markdown tables of the measurements. */
import { DESCRIPTIONS } from './functions.mjs';
import { against } from './targets.mjs';
import { share, table } from '../report/markdown.mjs';
import { center } from '../report/statistics.mjs';

/** The time of this library divided by that of each variant. The columns are memory sizes. */
export function ratioTable({ memories, variants, cells }) {
  const rows = variants.filter((variant) => variant !== 'lazy').map((variant) => (
    [DESCRIPTIONS[variant], ...memories.map((memory) => share(against(cells[memory], variant)))]
  ));
  return table(['this library against', ...memories.map((memory) => `${memory} MB`)], rows);
}

/** Means over routers. */
export function timesTable({ memories, variants, cells }) {
  const rows = memories.flatMap((memory) => [...variants, 'empty'].map((variant) => (
    [`${memory} MB`, DESCRIPTIONS[variant], ...['init', 'first', 'sum'].map((figure) => center(cells[memory][variant][figure]).toFixed(0))]
  )));
  return table(['', '', 'INIT ms', 'first response ms', 'sum ms'], rows);
}
