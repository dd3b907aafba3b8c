/**
 * Measures synthesis of the credentials API, thirty FastAPI routers, over that of an API with one empty router in JavaScript. The packages are
 * installed before. One variant has no changes, one also copies all packages into an empty cdk.out, and one has a change in a router before each run.
 * New processes run in turns. Prints medians.
 *
 * Usage: npm run bench:python-synth
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App, LazyApiFunction, LazyPythonApiFunction, PythonRouters, Routers, Stack } from '../peers/library.mjs';
import { median } from '../report/statistics.mjs';
import { table } from '../report/markdown.mjs';

const ROUNDS = Number(process.env.BENCH_RUNS ?? 5);
const EXAMPLE = fileURLToPath(new URL('../../../examples/credentials-api/backend', import.meta.url));
const EMPTY = 'JavaScript, one empty router';
const OUT = 'cdk.out';

/** What to do before a run, and what to measure. */
const VARIANTS = {
  [EMPTY]: { synthesize: empty },
  'Python, 30 routers, unchanged': { synthesize: credentials },
  'Python, 30 routers, into an empty cdk.out': { prepare: removeOutput, synthesize: credentials },
  'Python, 30 routers, one changed': { prepare: (root) => appendFileSync(join(root, 'api/v1/providers.py'), '# another line\n'), synthesize: credentials },
};

function removeOutput(project) {
  rmSync(join(project, '..', OUT), { recursive: true, force: true });
}

const [, , name, root] = process.argv;
if (name) measure(name, root);
else compare();

function empty(stack, project) {
  new LazyApiFunction(stack, 'Api', { routers: Routers.fromMap({ '/empty': { entry: join(project, 'empty.mjs') } }), bundling: { projectRoot: project } });
}

function credentials(stack, project) {
  const routers = PythonRouters.fromDirectory(join(project, 'api/v1'), { basePath: '/api/v1' });
  new LazyPythonApiFunction(stack, 'Api', { entry: project, app: 'main:app', routers });
}

/** Runs in a separate process. The time to import aws-cdk-lib does not count. */
function measure(variant, project) {
  const begin = performance.now();
  const app = new App({ outdir: join(project, '..', OUT) });
  VARIANTS[variant].synthesize(new Stack(app, 'Stack'), project);
  app.synth();
  process.stdout.write(`\n${(performance.now() - begin) / 1000}`);
}

function compare() {
  const scratch = mkdtempSync(join(tmpdir(), 'lazy-api-synth-'));
  const project = join(scratch, 'backend');
  try {
    cpSync(EXAMPLE, project, { recursive: true });
    writeFileSync(join(project, 'empty.mjs'), 'export const handler = async () => ({ statusCode: 200 });\n');
    for (const variant of Object.keys(VARIANTS)) run(variant, project);
    const rounds = Array.from({ length: ROUNDS }, () => Object.fromEntries(Object.keys(VARIANTS).map((variant) => [variant, run(variant, project)])));
    print(rounds);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function run(variant, project) {
  VARIANTS[variant].prepare?.(project);
  const { status, stdout, stderr } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), variant, project], { encoding: 'utf8', env: { ...process.env, CDK_VALIDATION: 'false' } });
  if (status !== 0) throw new Error(stderr);
  return Number(stdout.trim().split('\n').pop());
}

function print(rounds) {
  const rows = Object.keys(VARIANTS).map((variant) => {
    const [seconds, over, ratio] = [
      (round) => round[variant], (round) => round[variant] - round[EMPTY], (round) => round[variant] / round[EMPTY],
    ].map((figure) => median(rounds.map(figure)));
    return [variant, seconds.toFixed(2), over.toFixed(2), ratio.toFixed(1)];
  });
  console.log(table([`synthesis, ${ROUNDS} rounds`, 'seconds', 'over JavaScript', 'ratio'], rows));
}
