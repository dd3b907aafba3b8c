// npm run demo:python: builds the API of thirty FastAPI routers, and the same application as a monolith and with a middleware that imports routers.
// Starts each in new processes of Lambda's runtime client (INIT, then requests), and prints the cold-start cost of each router.
// Options: --memory 512 for the CPU share of another memory size, --routers licenses,reports for some routers.
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { coldStart } from './cold-start.mjs';
import { preparePython } from './python.mjs';
import { readRequests } from './requests.mjs';
import { synthesize } from './synthesize.mjs';
import { render } from './table.mjs';
import { buildVariants, createDatabase } from './variants.mjs';

const { createCpuLimit } = createRequire(import.meta.url)('../../../lib/local/lambda/cpu-limit.js');

const WARM_REQUESTS = 5;

const { values: options } = parseArgs({ options: { memory: { type: 'string', default: '1024' }, routers: { type: 'string' } } });
const memoryMb = Number(options.memory);
const outdir = join(import.meta.dirname, '../cdk.out');
const scratch = mkdtempSync(join(tmpdir(), 'lazy-api-demo-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
const progress = (text) => process.stdout.write(process.stdout.isTTY ? `\r\x1b[K${text}` : `${text}\n`);

progress("Installing Lambda's runtime client for Python, and uv ...");
const python = preparePython();
progress(`Synthesizing the API: installing the locked packages for Python ${python.version}, observing and verifying thirty routers ...`);
const { asset, manifest } = synthesize({ pythonVersion: python.version, outdir, memorySize: memoryMb });
progress('Building the monolith and the middleware from the same code ...');
const variants = buildVariants(asset, join(scratch, 'variants'), { python: python.path });

const environment = createDatabase(variants, scratch, python.path);
const functions = {
  lazy: { directory: asset, handler: 'lazy_api_index.handler', environment },
  monolith: { directory: variants, handler: 'variants.monolith.handler', environment },
  middleware: { directory: variants, handler: 'variants.middleware.handler', environment },
};
const cpuLimit = createCpuLimit(memoryMb);
const measure = (fn, request) => coldStart(python.path, fn, request, { memoryMb, cpuLimit, warmRequests: WARM_REQUESTS });

const requests = (await readRequests(python.path, functions.lazy)).filter(({ router }) => options.routers?.split(',').includes(router) ?? true);
// The first processes read the files from the disk.
for (const fn of Object.values(functions)) await measure(fn, requests[0]);
const starts = [];
const samples = [];
for (const [i, request] of requests.entries()) {
  progress(`Starting fresh processes, router ${i + 1} of ${requests.length}: ${request.router} ...`);
  const sample = { router: request.router };
  for (const [name, fn] of Object.entries(functions)) sample[name] = await measure(fn, request);
  const empty = { directory: variants, handler: 'variants.empty.handler' };
  starts.push((await coldStart(python.path, empty, { ...request, status: 200, bodyIncludes: '' })).init);
  samples.push(sample);
}
progress('');
const startMs = median(starts);
const rows = samples.map(({ router, ...sides }) => ({
  router,
  ...Object.fromEntries(Object.entries(sides).map(([name, { init, first, sum, warm }]) => [name, {
    init: init - startMs, first, sum: sum - startMs, warm: median(warm),
  }])),
}));
console.log(render(rows, { python: python.version, memoryMb, isLimited: cpuLimit !== undefined, startMs, manifest }));
console.log(`\nNow send requests to it on this machine, without an AWS account:\n\n  npx lazy-api dev --app ${relative(process.cwd(), outdir)}\n\n`
  + 'Then open http://localhost:3000/docs');

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
