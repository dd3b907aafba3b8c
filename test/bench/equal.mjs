/**
 * How often the gate of `lazy-api profile --base DIR --fail-on-time` fails for equal builds: `npm run bench:equal -- [comparisons]`. At most three
 * failures in a hundred comparisons are acceptable.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, tmpdir } from 'node:os';
import { join } from 'node:path';
import { lambdaNode } from './lambda/node.mjs';
import { App, cdk, LazyApiFunction, ROOT, Routers, Stack } from './peers/library.mjs';

const require = createRequire(import.meta.url);
const { findApis } = require(join(ROOT, 'lib/local/assembly/find-apis.js'));
const { profile } = require(join(ROOT, 'lib/local/profile/profile.js'));

const OPTIONS = { rounds: 3, memorySizes: [1769], requests: [], node: lambdaNode(24) };
const GATE = { maxGrowth: 0.05, countersOnly: false, failOnTime: true };
const MOST = 0.03;

const comparisons = Number(process.argv[2] ?? 100);
const root = mkdtempSync(join(tmpdir(), 'cdk-lazy-api-equal-'));
try {
  const [base, api] = ['base', 'changed'].map((name) => build(name));
  let failures = 0;
  for (let i = 1; i <= comparisons; i++) {
    const { problems } = await profile(api, { ...OPTIONS, base }, GATE);
    if (problems.length > 0) failures++;
    console.log(`${i}/${comparisons}: ${problems[0] ?? 'passes'}`);
  }
  console.log(`${failures} of ${comparisons} comparisons of equal builds failed`);
  process.exitCode = failures > comparisons * MOST ? 1 : 0;
} finally {
  rmSync(root, { recursive: true, force: true });
}

/** Synthesizes the same app again. */
function build(name) {
  const directory = join(root, 'app');
  mkdirSync(join(directory, 'routers'), { recursive: true });
  writeFileSync(join(directory, 'package.json'), '{}');
  for (const router of ['orders', 'users']) {
    writeFileSync(join(directory, 'routers', `${router}.mjs`), `export const handler = async () => ({ statusCode: 200, body: ${JSON.stringify(router)} });\n`);
  }
  const app = new App({ outdir: join(root, name) });
  new LazyApiFunction(new Stack(app, 'Stack'), 'Api', {
    routers: Routers.fromDirectory(join(directory, 'routers'), { basePath: '/api' }),
    architecture: arch() === 'arm64' ? cdk.lambda.Architecture.ARM_64 : cdk.lambda.Architecture.X86_64,
    memorySize: OPTIONS.memorySizes[0],
  });
  return findApis(app.synth().directory)[0];
}
