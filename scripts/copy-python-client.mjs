// Copies Lambda's runtime client for Python from the package index, with its licenses. Its native module exists only for Linux;
// lib/local/python/runtime_client.py replaces that module. python-client.txt has the versions and their hashes.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const requirements = join(root, 'scripts/python-client.txt');
const target = join(root, 'lib/local/python/awslambdaric');
/** It is copied last. */
const done = join(target, 'requirements.txt');

if (!existsSync(done) || readFileSync(done, 'utf8') !== readFileSync(requirements, 'utf8')) copy();

function copy() {
  const directory = mkdtempSync(join(tmpdir(), 'awslambdaric-'));
  try {
    install(directory);
    rmSync(target, { recursive: true, force: true });
    for (const name of readdirSync(directory)) cpSync(join(directory, name), join(target, name), { recursive: true, filter: isNeeded });
    cpSync(requirements, done);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Any wheel has the same modules in Python, so the machine does not matter. */
function install(directory) {
  const args = [
    '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--target', directory, '--requirement', requirements, '--require-hashes', '--no-deps',
    '--no-compile', '--only-binary', ':all:', '--platform', 'manylinux2014_x86_64', '--platform', 'any', '--python-version', '3.13', '--implementation', 'cp',
  ];
  const problems = [];
  for (const python of ['python3', 'python']) {
    const { status, stderr, error } = spawnSync(python, args, { encoding: 'utf8' });
    if (status === 0) return;
    problems.push(`${python}: ${error?.message ?? stderr.trim()}`);
  }
  throw new Error(`pip cannot install Lambda's runtime client for Python: ${problems.join('; ')}`);
}

/** The modules, and the licenses. */
function isNeeded(file) {
  return !/\.so$|[\\/](tests|__pycache__)$|[\\/](RECORD|REQUESTED|INSTALLER|WHEEL|top_level\.txt)$/.test(file);
}
