/**
 * The time that `bundling.nodeModules` adds to a synthesis without changes: sharp and bcrypt are installed, and `cdk.out` exists. New
 * processes run in turns, with and without `nodeModules`. Prints medians, and the difference per round with its 95 % confidence interval.
 *
 * Usage: npm run bench:unchanged
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildLazy, Verify } from './peers/library.mjs';
import { seeded } from './random.mjs';
import { median } from './report/statistics.mjs';
import { table } from './report/markdown.mjs';

const ROUNDS = Number(process.env.BENCH_RUNS ?? 30);
const PACKAGES = { sharp: '0.34.5', bcrypt: '6.0.0' };
const NAMES = Object.keys(PACKAGES);
const FIGURES = { seconds: 'time', cpuSeconds: 'time of the processor' };

const VARIANTS = {
  without: { externalModules: NAMES },
  with: { nodeModules: NAMES },
};

const [, , variant, root] = process.argv;
if (variant) synthesize(variant, root);
else compare();

/** Runs in a separate process. The time to import aws-cdk-lib does not count. */
function synthesize(name, project) {
  const routers = NAMES.map((one) => ({ prefix: `/${one}`, entry: `src/${one}.mjs` }));
  const begin = performance.now();
  const cpu = process.cpuUsage();
  buildLazy({ root: project, routers }, join(project, `cdk.out.${name}`), { verify: Verify.off(), bundling: VARIANTS[name] });
  const { user, system } = process.cpuUsage(cpu);
  process.stdout.write(`\n${JSON.stringify({ seconds: (performance.now() - begin) / 1000, cpuSeconds: (user + system) / 1e6 })}`);
}

function compare() {
  const project = mkdtempSync(join(tmpdir(), 'lazy-api-unchanged-'));
  try {
    prepare(project);
    for (const name of Object.keys(VARIANTS)) measure(name, project);
    const rounds = Array.from({ length: ROUNDS }, (_, i) => {
      const names = i % 2 === 0 ? Object.keys(VARIANTS) : Object.keys(VARIANTS).reverse();
      return Object.fromEntries(names.map((name) => [name, measure(name, project)]));
    });
    console.log(table([`unchanged synthesis, ${ROUNDS} rounds`, 'without', 'with', 'difference'], Object.entries(FIGURES).map(([figure, label]) => row(label, figure, rounds))));
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}

function prepare(project) {
  mkdirSync(join(project, 'src'));
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'app', private: true, dependencies: PACKAGES }));
  for (const name of NAMES) writeFileSync(join(project, `src/${name}.mjs`), `import code from "${name}"; export const handler = async () => typeof code;`);
  execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: project, stdio: 'inherit' });
}

function measure(name, project) {
  const env = { ...process.env, CDK_VALIDATION: 'false' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), name, project], { encoding: 'utf8', env });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout.trim().split('\n').pop());
}

function row(label, figure, rounds) {
  const of = (name) => median(rounds.map((round) => round[name][figure]));
  const differences = rounds.map((round) => round.with[figure] - round.without[figure]);
  const [low, high] = interval(differences);
  const milliseconds = (seconds) => `${(seconds * 1000).toFixed(0)} ms`;
  return [label, milliseconds(of('without')), milliseconds(of('with')), `${milliseconds(median(differences))} (${milliseconds(low)} to ${milliseconds(high)})`];
}

/** The 95 % confidence interval of a median, by bootstrap. */
function interval(values, draws = 2000) {
  const random = seeded(1);
  const medians = Array.from({ length: draws }, () => median(values.map(() => values[Math.floor(random() * values.length)]))).sort((a, b) => a - b);
  return [medians[Math.floor(draws * 0.025)], medians[Math.floor(draws * 0.975)]];
}
