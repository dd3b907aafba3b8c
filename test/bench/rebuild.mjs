/**
 * Measures the time from saving a router of the thirty-router example to the first new response from `lazy-api dev`, and the time of a full
 * synthesis.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { scaledClinic } from './apps/clinic.mjs';
import { lambdaNode } from './lambda/node.mjs';
import { median } from './report/statistics.mjs';
import { table } from './report/markdown.mjs';

const SAVES = Number(process.env.BENCH_SAVES ?? 30);
const SYNTHS = Number(process.env.BENCH_SYNTHS ?? 3);
const BIN = fileURLToPath(new URL('../../bin/lazy-api', import.meta.url));
const ROUTER = 'src/routers/appointments.ts';

if (process.argv[1] === fileURLToPath(import.meta.url) && process.argv[2] === 'synth') {
  const { App, LazyApiFunction, Routers, Stack } = await import('./peers/library.mjs');
  const app = new App({ outdir: process.argv[4] });
  new LazyApiFunction(new Stack(app, 'Clinic'), 'Api', { routers: Routers.fromDirectory(join(process.argv[3], 'src/routers'), { basePath: '/api/v1' }) });
  app.synth();
  process.exit();
}

/** Prints both times. */
export async function compareWithSynth() {
  const scratch = mkdtempSync(join(tmpdir(), 'bench-rebuild-'));
  try {
    const { root } = scaledClinic(scratch, 30);
    const outdir = join(scratch, 'cdk.out');
    const synths = Array.from({ length: SYNTHS }, () => synth(root, outdir));
    const saves = await measureSaves(root, outdir);
    console.log(table(['30 routers', 'median ms', '5 % to 95 %'], [
      [`from a save to the first new answer, ${saves.length} saves`, median(saves).toFixed(0), rangeOf(saves)],
      [`a full synth, ${SYNTHS} runs`, median(synths).toFixed(0), rangeOf(synths)],
    ]));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Runs in a separate process, like a CDK app. */
function synth(root, outdir) {
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), 'synth', root, outdir], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return performance.now() - started;
}

async function measureSaves(root, outdir) {
  const child = spawn(process.execPath, [BIN, 'dev', '--app', outdir, '--node', lambdaNode(24), '--port', '0'], { stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    const url = await new Promise((resolve, reject) => {
      child.on('exit', reject);
      child.stdout.on('data', (text) => { const [found] = /http:\S+\d/.exec(text) ?? []; if (found) resolve(found); });
    });
    const file = join(root, ROUTER);
    const source = readFileSync(file, 'utf8');
    const times = [];
    for (let i = 0; i <= SAVES; i++) times.push(await save(file, source, `${url}/api/v1/appointments/saved`, String(i)));
    // The first save also starts the first environment.
    return times.slice(1);
  } finally {
    child.kill();
  }
}

/** Saves the file and sends a request immediately, like a browser that reloads the page. */
async function save(file, source, url, marker) {
  const started = performance.now();
  writeFileSync(file, source.replace('const app = createRouter();', `$&\napp.get('/saved', (c) => c.text('${marker}'));`));
  while (await (await fetch(url)).text() !== marker);
  return performance.now() - started;
}

function rangeOf(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return `${sorted[Math.floor(sorted.length * 0.05)].toFixed(0)} to ${sorted[Math.ceil(sorted.length * 0.95) - 1].toFixed(0)}`;
}
