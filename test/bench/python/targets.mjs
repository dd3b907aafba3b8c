/** The targets of routers in Python, for the ratio of INIT and first response, after an empty process is subtracted. */
import { share, table } from '../report/markdown.mjs';
import { ratio } from '../report/statistics.mjs';

/** The largest ratio of this library to a variant, from a memory size on. A larger size has the limit of the last row that covers it. */
const LIMITS = [
  { variant: 'monolith', fromMb: 0, atMost: 1 },
  { variant: 'monolith', fromMb: 512, atMost: 0.6 },
  { variant: 'monolith', fromMb: 1024, atMost: 0.45 },
  { variant: 'single', fromMb: 1024, atMost: 1.15 },
];

/** How many milliseconds a warm request may take longer than through Mangum. */
export const WARM_LIMIT_MS = 0.15;

/** A row for each variant with a target: the ratio, the limit, and whether the target is met. */
export function targetTable({ memories, variants, cells }) {
  const compared = [...new Set(LIMITS.map(({ variant }) => variant))].filter((variant) => variants.includes(variant));
  const rows = compared.map((variant) => [variant, ...memories.map((memory) => describe(cells[memory], variant, limitOf(variant, memory)))]);
  return table(['this library against', ...memories.map((memory) => `${memory} MB`)], [...rows, ...floorRow(memories, variants, cells)]);
}

/** What remains of the monolith if a cold start loads exactly one router, all of it in INIT. The rest is the application itself. */
function floorRow(memories, variants, cells) {
  if (!['monolith', 'single'].every((variant) => variants.includes(variant))) return [];
  return [['for comparison: single against monolith', ...memories.map((memory) => share(against(cells[memory], 'monolith', 'single')))]];
}

export function against(cell, variant, of = 'lazy') {
  return ratio(cell[of].sum, cell[variant].sum, cell.empty.sum);
}

function limitOf(variant, memory) {
  return LIMITS.filter((limit) => limit.variant === variant && memory >= limit.fromMb).at(-1)?.atMost;
}

function describe(cell, variant, atMost) {
  if (atMost === undefined) return '';
  const result = against(cell, variant);
  return `${share(result)}, at most ${atMost.toFixed(2)}: ${verdict(result.ratio, atMost)}`;
}

export function verdict(value, atMost) {
  return value <= atMost ? 'met' : '**missed**';
}
