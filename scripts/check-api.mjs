// Compares the public API with that of the last release, in .ci/released-api, and fails on breaking changes.
// `node scripts/check-api.mjs --release` makes the current API the released one.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const RELEASED = '.ci/released-api';

if (process.argv.includes('--release')) {
  mkdirSync(RELEASED, { recursive: true });
  copyFileSync('.jsii.gz', join(RELEASED, '.jsii.gz'));
  process.exit(0);
}

// jsii-diff reads a package's folder: its assembly, and the dependencies that the assembly names.
const folder = mkdtempSync(join(tmpdir(), 'released-api-'));
try {
  if (!existsSync(join(RELEASED, '.jsii.gz'))) throw new Error(`${RELEASED}/.jsii.gz is missing; run "node scripts/check-api.mjs --release" once`);
  copyFileSync(join(RELEASED, '.jsii.gz'), join(folder, '.jsii.gz'));
  copyFileSync('.jsii', join(folder, '.jsii'));
  copyFileSync('package.json', join(folder, 'package.json'));
  symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'), 'junction');
  if (!existsSync('.compatignore')) writeFileSync('.compatignore', '');
  const { status } = spawnSync('npx', ['jsii-diff', folder, '.', '--ignore-file', '.compatignore'], { stdio: 'inherit', shell: process.platform === 'win32' });
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
