const SIDE = [['init ms', 9], ['first ms', 9], ['sum ms', 8], ['warm ms', 8]];
const COLUMNS = [['router', 14], ...SIDE, ['|', 2], ...SIDE, ['ratio', 6], ['|', 2], ...SIDE, ['ratio', 6]];
const WIDTH = SIDE.reduce((sum, [, width]) => sum + width, 0);

/** The table, followed by one sentence that explains it. */
export function render(rows, { python, memoryMb, isLimited, startMs, manifest }) {
  const mean = meanOf(rows);
  const preloaded = manifest.preload.decisions.filter(({ preload }) => preload).length;
  const speed = isLimited ? `requests with the CPU share of ${memoryMb} MB` : "this machine's full speed";
  return [
    `${manifest.routers.length - 1} FastAPI routers of one application. Lazy: ${preloaded} groups of modules preloaded (${manifest.preload.policy}).`,
    `Fresh processes of Lambda's runtime client, in turn, Python ${python}, ${speed}. The ${startMs.toFixed(0)} ms to start Python are left out.`,
    '',
    `${''.padEnd(14)}${' lazy'.padEnd(WIDTH)}| ${'monolith: all routers in INIT'.padEnd(WIDTH + 6)}| middleware: imports a router on its first request`,
    line(COLUMNS.map(([name]) => name)),
    ...rows.map(cells).map(line),
    line(COLUMNS.map(([name, width]) => (name === '|' ? '|' : '-'.repeat(width - 1)))),
    line(cells(mean)),
    '',
    `A cold start (INIT + first response) takes ${ratio(mean, 'monolith')} of the monolith's time and ${ratio(mean, 'middleware')} of the middleware's`
    + ` in the mean over ${rows.length} routers.`,
  ].join('\n');
}

function cells(row) {
  const side = ({ init, first, sum, warm }) => [init.toFixed(0), first.toFixed(0), sum.toFixed(0), warm.toFixed(1)];
  const compared = (name) => ['|', ...side(row[name]), ratio(row, name)];
  return [row.router, ...side(row.lazy), ...compared('monolith'), ...compared('middleware')];
}

function ratio(row, name) {
  return (row.lazy.sum / row[name].sum).toFixed(2);
}

function line(values) {
  return values.map((value, i) => (i === 0 ? value.padEnd(COLUMNS[i][1]) : value.padStart(COLUMNS[i][1]))).join('');
}

function meanOf(rows) {
  const mean = (pick) => rows.reduce((sum, row) => sum + pick(row), 0) / rows.length;
  const side = (name) => Object.fromEntries(['init', 'first', 'sum', 'warm'].map((figure) => [figure, mean((row) => row[name][figure])]));
  return { router: 'mean', lazy: side('lazy'), monolith: side('monolith'), middleware: side('middleware') };
}
