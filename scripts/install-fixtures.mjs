// Runs `npm ci` in the other packages of the repository if their lock file is newer than what is installed, and builds the native part of the
// runtime client. Without arguments, it installs all of them.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';

const ALL = ['examples/clinic-api/backend', 'test/lambda-node', 'test/frameworks', 'test/runners', 'examples/recipes', 'test/bench', 'test/newest', 'docs/site'];
/** Its packages are those of Python. */
const PYTHON = 'test/lambda-python';
const directories = process.argv.length > 2 ? process.argv.slice(2) : [...ALL, PYTHON];

for (const directory of directories.filter((one) => one !== PYTHON)) {
  if (isFresh(directory)) continue;
  console.log(`npm ci in ${directory} ...`);
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: directory, stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) process.exit(status ?? 1);
}

if (directories.includes('test/lambda-node')) await import('./build-native-client.mjs');
if (directories.includes(PYTHON)) await import('./install-lambda-python.mjs');

function isFresh(directory) {
  const installed = join(directory, 'node_modules', '.package-lock.json');
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(directory, 'package-lock.json')).mtimeMs;
}
