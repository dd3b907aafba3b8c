// Builds the source distribution of lazy-api-runtime, and from it the wheel, into dist/python. publib publishes all packages in this directory.
// The tools come from scripts/release/requirements.txt, by hash, and the version is that of package.json: see python/pyproject.toml.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist/python');
const environment = mkdtempSync(join(tmpdir(), 'python-runtime-'));
const python = join(environment, process.platform === 'win32' ? 'Scripts' : 'bin', 'python');

try {
  run('python3', '-m', 'venv', environment);
  run(python, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--require-hashes', '--requirement', join(root, 'scripts/release/requirements.txt'));
  run(python, '-m', 'build', '--no-isolation', '--outdir', dist, join(root, 'python'));
  run(python, join(root, 'scripts/release/check_metadata.py'), ...readdirSync(dist).filter((name) => name.startsWith('lazy_api_runtime-')).map((name) => join(dist, name)));
} finally {
  rmSync(environment, { recursive: true, force: true });
}

function run(command, ...args) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed${error ? `: ${error.message}` : ''}`);
}
