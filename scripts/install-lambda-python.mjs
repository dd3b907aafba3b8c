// Creates a virtual environment with Lambda's runtime client for each Python of Lambda that this machine has. It is created again where the
// requirements have changed. LAMBDA_PYTHON_3_13 is the path of an interpreter that is not found otherwise.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const lambdaPython = join(dirname(dirname(fileURLToPath(import.meta.url))), 'test/lambda-python');
const requirements = join(lambdaPython, 'requirements.txt');
const wanted = readFileSync(requirements, 'utf8');

// The oldest and the newest version of interest. Any other one is better than none.
const installed = ['3.11', '3.13'].filter(prepare);
if (installed.length === 0 && !['3.12', '3.14'].some(prepare)) console.log('No Python of Lambda was found: test/conformance/python.test.ts cannot run.');

/** Whether the version is there. */
function prepare(version) {
  const directory = join(lambdaPython, '.cache', `${version}-${process.platform}-${process.arch}`);
  const done = join(directory, 'requirements.txt');
  if (existsSync(done) && readFileSync(done, 'utf8') === wanted) return true;
  const python = find(version);
  if (python) install(python, directory, done);
  else console.log(`Python ${version} was not found: tests on it do not run. Install it, or set ${variableOf(version)}.`);
  return Boolean(python);
}

function install(python, directory, done) {
  console.log(`installing Lambda's runtime client for ${python} ...`);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(dirname(directory), { recursive: true });
  run(python, ['-m', 'venv', directory]);
  const bin = process.platform === 'win32' ? 'Scripts' : 'bin';
  run(join(directory, bin, 'python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', requirements]);
  writeFileSync(done, wanted);
}

/** The first interpreter that says it has the version: a launcher on the PATH can be there and know no such version. */
function find(version) {
  const managed = spawnSync('uv', ['python', 'find', version], { encoding: 'utf8' }).stdout?.trim();
  const candidates = [process.env[variableOf(version)], `python${version}`, 'python3', managed].filter(Boolean);
  const program = 'import sys; print("%d.%d" % sys.version_info[:2], sys.executable)';
  for (const candidate of [...candidates, ...pyenvs(version)]) {
    const [found, path] = spawnSync(candidate, ['-c', program], { encoding: 'utf8' }).stdout?.trim().split(' ') ?? [];
    if (found === version) return path;
  }
  return undefined;
}

function pyenvs(version) {
  const root = spawnSync('pyenv', ['root'], { encoding: 'utf8' }).stdout?.trim();
  const latest = spawnSync('pyenv', ['latest', version], { encoding: 'utf8' }).stdout?.trim();
  return root && latest ? [join(root, 'versions', latest, 'bin', 'python')] : [];
}

function variableOf(version) {
  return `LAMBDA_PYTHON_${version.replace('.', '_')}`;
}

function run(command, args) {
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
