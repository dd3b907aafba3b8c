/**
 * Measures synthesis: this library with 1, 30, 100, and 300 routers, with and without verification, and with a smoke request to each router, compared
 * with one esbuild run of the monolith, one NodejsFunction, and thirty. New processes run in turns. Prints seconds, peak memory, and the size of the
 * assets.
 *
 * Usage: npm run bench:synth
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { clinic, scaledClinic } from './apps/clinic.mjs';
import { bundleEsm, bundleNodejsFunctions } from './peers/bundle.mjs';
import { buildLazy, bundleLazy, Verify } from './peers/library.mjs';
import { median } from './report/statistics.mjs';
import { table } from './report/markdown.mjs';
import { monolithSource } from '../../examples/clinic-api/demo/monolith.mjs';

const RUNS = Number(process.env.BENCH_RUNS ?? 5);

const REQUESTS = fileURLToPath(new URL('../../examples/clinic-api/requests.json', import.meta.url));

const lazy = (count, verify) => (scratch, outdir) => {
  const app = appOf(count, scratch);
  return [buildLazy(app, outdir, { verify, routers: app.routers.slice(0, count) })];
};

/** The example has a request for each router. */
const withSmokeRequests = (scratch, outdir) => {
  const file = join(scratch, 'smoke.json');
  const requests = JSON.parse(readFileSync(REQUESTS, 'utf8')).map(({ method, path, headers, body, status }) => ({ request: `${method} ${path}`, headers, body, status }));
  writeFileSync(file, JSON.stringify(requests));
  return lazy(30, Verify.atSynth({ requests: file }))(scratch, outdir);
};

const VARIANTS = {
  'one esbuild run of 30 routers in one file': async (scratch, outdir) => [await bundleEsm(clinic(), monolithSource(clinic().routers), outdir)],
  'one NodejsFunction of 30 routers': (scratch, outdir) => bundleNodejsFunctions(clinic(), [monolithSource(clinic().routers)], outdir),
  'thirty NodejsFunctions': (scratch, outdir) => bundleNodejsFunctions(clinic(), clinic().routers.map((router) => monolithSource([router])), outdir),
  'this library, 30 routers, bundling alone': () => {
    bundleLazy(clinic());
    return [];
  },
  'this library, 1 router': lazy(1, Verify.off()),
  'this library, 30 routers': lazy(30, Verify.off()),
  'this library, 30 routers, verified': lazy(30, Verify.atSynth()),
  'this library, 30 routers, verified with 30 smoke requests': withSmokeRequests,
  'this library, 100 routers': lazy(100, Verify.off()),
  'this library, 300 routers': lazy(300, Verify.off()),
  'this library, 300 routers, verified': lazy(300, Verify.atSynth()),
};

const [, , name, folder] = process.argv;
await (name ? run(name, folder) : compare());

/** Runs in a separate process. The time to import aws-cdk-lib does not count. */
async function run(variant, scratch) {
  const begin = performance.now();
  const assets = await VARIANTS[variant](scratch, join(scratch, 'out'));
  const seconds = (performance.now() - begin) / 1000;
  process.stdout.write(`\n${JSON.stringify({ seconds, megabytes: process.resourceUsage().maxRSS / 1024, bytes: assets.reduce((sum, asset) => sum + sizeOf(asset), 0) })}`);
}

function compare() {
  const results = Object.fromEntries(Object.keys(VARIANTS).map((variant) => [variant, []]));
  for (let i = 0; i < RUNS; i++) {
    for (const variant of Object.keys(VARIANTS)) {
      process.stderr.write(`run ${i + 1} of ${RUNS}: ${variant}\n`);
      const folder = mkdtempSync(join(tmpdir(), 'lazy-api-synth-'));
      const { status, stdout, stderr } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), variant, folder], { encoding: 'utf8', env: { ...process.env, CDK_VALIDATION: 'false' } });
      rmSync(folder, { recursive: true, force: true });
      if (status !== 0) throw new Error(stderr);
      results[variant].push(JSON.parse(stdout.trim().split('\n').pop()));
    }
  }
  const of = (variant, figure) => median(results[variant].map((result) => result[figure]));
  const base = of(Object.keys(VARIANTS)[0], 'seconds');
  console.log(table(
    [`synthesis, ${RUNS} runs`, 'seconds', 'ratio', 'peak memory', 'code'],
    Object.keys(VARIANTS).map((variant) => [
      variant, of(variant, 'seconds').toFixed(2), (of(variant, 'seconds') / base).toFixed(2), `${of(variant, 'megabytes').toFixed(0)} MB`, `${(of(variant, 'bytes') / 1024 / 1024).toFixed(1)} MB`,
    ]),
  ));
}

function appOf(count, scratch) {
  return count <= 30 ? clinic() : scaledClinic(scratch, count);
}

function sizeOf(asset) {
  return readdirSync(asset, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).reduce((sum, { parentPath, name: file }) => sum + statSync(join(parentPath, file)).size, 0);
}
