// npm run demo: builds the thirty-router API and a monolith of the same routers, starts both in new Node.js processes
// as Lambda would (INIT, then one request), and prints the cold-start cost of each router.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildMonolith } from './monolith.mjs';
import { coldStart, countFiles } from './cold-start.mjs';
import { nextStep } from './next-step.mjs';
import { render } from './table.mjs';
import { synthesise } from './synthesise.mjs';

const EXAMPLE = join(import.meta.dirname, '..');
const RUNS = 3;

const progress = (text) => process.stdout.write(process.stdout.isTTY ? `\r\x1b[K${text}` : `${text}\n`);

progress('Synthesising examples/clinic-api/app.ts: bundling and verifying thirty routers ...');
const { asset, manifest, seconds } = synthesise(EXAMPLE);
progress(`Synthesised in ${seconds.toFixed(1)} s. Building the monolith from the same routers ...`);
const monolith = await buildMonolith(EXAMPLE, manifest);

const requests = JSON.parse(readFileSync(join(EXAMPLE, 'requests.json'), 'utf8'));
const rows = [];
for (const [i, request] of requests.entries()) {
  progress(`Starting fresh processes, router ${i + 1} of ${requests.length}: ${request.router} ...`);
  const router = manifest.routers.find(({ name }) => name === request.router);
  const files = { lazy: countFiles(asset, request), monolith: countFiles(monolith.directory, request) };
  const samples = Array.from({ length: RUNS }, () => ({ lazy: coldStart(asset, request), monolith: coldStart(monolith.directory, request) }));
  rows.push({
    router: request.router,
    bytes: router.bytes,
    lazy: { files: files.lazy, ...medians(samples.map(({ lazy }) => lazy)) },
    monolith: { files: files.monolith, ...medians(samples.map((sample) => sample.monolith)) },
  });
}
progress('');
console.log(render(rows, { manifest, monolithBytes: monolith.bytes, runs: RUNS }));
console.log(`\n${nextStep(EXAMPLE, requests)}`);

function medians(samples) {
  return Object.fromEntries(Object.keys(samples[0]).map((key) => [key, median(samples.map((sample) => sample[key]))]));
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
