// Installs uv, Poetry, and Pipenv from PyPI into a virtual environment, for the tests of Python dependencies. Nothing happens if it
// is there already. It prints the directory with the programs.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = join(dirname(fileURLToPath(import.meta.url)), '..', 'test', 'python-tools');
const requirements = join(home, 'requirements.txt');
const environment = join(home, '.cache', 'environment');
const programs = join(environment, process.platform === 'win32' ? 'Scripts' : 'bin');
const stamp = join(environment, 'installed');
const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  rmSync(environment, { recursive: true, force: true });
  const python = ['python3.13', 'python3.12', 'python3.11', 'python3', 'python'].find((program) => (
    spawnSync(program, ['-c', 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))']).status === 0
  ));
  if (python === undefined) throw new Error('Python 3.10 or newer with venv must be on the path; install python3 and python3-venv');
  run(python, ['-m', 'venv', environment]);
  run(join(programs, 'python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', requirements]);
  writeFileSync(stamp, wanted);
}
console.log(programs);

function run(program, args) {
  const { status } = spawnSync(program, args, { stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
}
