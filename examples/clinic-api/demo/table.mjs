const COLUMNS = [
  ['router', 14], ['chunk KB', 9], ['files', 6], ['init ms', 8], ['first ms', 9], ['sum ms', 7], ['warm ms', 8],
  ['|', 2], ['files', 6], ['init ms', 8], ['first ms', 9], ['sum ms', 7], ['warm ms', 8], ['|', 2], ['ratio', 6],
];

/** The table, followed by one sentence that explains it. */
export function render(rows, { manifest, monolithBytes, runs }) {
  const mean = meanOf(rows);
  const kb = (bytes) => (bytes / 1024).toFixed(0);
  const preloaded = manifest.preload.decisions.filter(({ preload }) => preload).length;
  return [
    `${manifest.routers.length} routers. Lazy: ${kb(manifest.totalBytes)} KB in all, ${preloaded} chunks preloaded (${manifest.preload.policy}). Monolith: one file of ${kb(monolithBytes)} KB.`,
    `Medians of ${runs} fresh processes each, lazy and monolith in turn, Node.js ${process.version} at this machine's full speed.`,
    '',
    `${''.padEnd(14)}${' lazy'.padEnd(49)}| monolith`,
    line(COLUMNS.map(([name]) => name)),
    ...rows.map(cells).map(line),
    line(COLUMNS.map(([name, width]) => (name === '|' ? '|' : '-'.repeat(width - 1)))),
    line(cells(mean)),
    '',
    `A cold start (init + first request) takes ${(mean.lazy.total / mean.monolith.total).toFixed(2)} of the monolith's time in the mean over ${rows.length} routers,`
    + ` because it loads ${mean.lazy.files.toFixed(0)} small files instead of all ${manifest.routers.length} routers, and Node.js's own from its code cache; a warm request costs the same.`,
  ].join('\n');
}

function cells({ router, bytes, lazy, monolith }) {
  const side = ({ files, init, first, total, warm }) => [files.toFixed(0), init.toFixed(1), first.toFixed(1), total.toFixed(1), warm.toFixed(2)];
  return [router, (bytes / 1024).toFixed(1), ...side(lazy), '|', ...side(monolith), '|', (lazy.total / monolith.total).toFixed(2)];
}

function line(values) {
  return values.map((value, i) => (i === 0 ? value.padEnd(COLUMNS[i][1]) : value.padStart(COLUMNS[i][1]))).join('');
}

function meanOf(rows) {
  const mean = (pick) => rows.reduce((sum, row) => sum + pick(row), 0) / rows.length;
  const side = (name) => Object.fromEntries(Object.keys(rows[0][name]).map((key) => [key, mean((row) => row[name][key])]));
  return { router: 'mean', bytes: mean(({ bytes }) => bytes), lazy: side('lazy'), monolith: side('monolith') };
}
