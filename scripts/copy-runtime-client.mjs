// Copies Lambda's runtime client from the package aws-lambda-ric, with its license. The package itself would compile its native part when it is
// installed; lib/local/node/stand-in.cjs replaces that part. The version and its integrity are those of the tests' lock file.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FILES = ['index.mjs', 'package.json', 'LICENSE', 'NOTICE', 'THIRD-PARTY-LICENSES'];

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const target = join(root, 'lib/local/node/aws-lambda-ric');
const { version, integrity } = readJson(join(root, 'test/lambda-node/package-lock.json')).packages['node_modules/aws-lambda-ric'];

if (!FILES.every((file) => existsSync(join(target, file))) || readJson(join(target, 'package.json')).version !== version) copy();

function copy() {
  const directory = mkdtempSync(join(tmpdir(), 'aws-lambda-ric-'));
  try {
    const [packed] = JSON.parse(run('npm', ['pack', `aws-lambda-ric@${version}`, '--json', '--pack-destination', directory]));
    if (packed.integrity !== integrity) throw new Error(`aws-lambda-ric ${version} has the integrity ${packed.integrity}, expected ${integrity}`);
    run('tar', ['-xzf', join(directory, packed.filename), '-C', directory]);
    rmSync(target, { recursive: true, force: true });
    for (const file of FILES) cpSync(join(directory, 'package', file), join(target, file));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function run(command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', shell: process.platform === 'win32' });
  if (status !== 0) throw new Error(`${command} ${args[0]} failed: ${error?.message ?? stderr}`);
  return stdout;
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
