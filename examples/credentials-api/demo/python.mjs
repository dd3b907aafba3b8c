// The Python that runs the functions, with Lambda's runtime client, and the tools that synthesis needs.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../..');

/** Those of Lambda, the newest first. The demo prefers the library's default. */
const VERSIONS = ['3.13', '3.14', '3.12', '3.11'];

/** Installs Lambda's runtime client for the machine's Python, and uv, which reads the lock file. Returns the path and the version of Python. */
export function preparePython() {
  runScript('install-lambda-python.mjs');
  const version = VERSIONS.find((each) => existsSync(pathOf(each)));
  if (!version) throw new Error(`install Python ${VERSIONS[0]}, or set LAMBDA_PYTHON_${VERSIONS[0].replace('.', '_')} to its path`);
  addUv();
  const path = pathOf(version);
  // Synthesis finds it there, and compiles bytecode with it.
  addToPath(dirname(path));
  return { path, version };
}

/** Adds uv to the path of this process, unless the machine has it. */
export function addUv() {
  if (spawnSync('uv', ['--version']).status === 0) return;
  addToPath(runScript('install-python-tools.mjs').trim());
}

export function addToPath(directory) {
  process.env.PATH = `${directory}${delimiter}${process.env.PATH}`;
}

export function run(command, args, options) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', ...options });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed\n${error?.message ?? stdout + stderr}`);
  return stdout;
}

/** The Python of a virtual environment. */
export function pythonOf(environment) {
  return join(environment, ...process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python']);
}

function pathOf(version) {
  return pythonOf(join(ROOT, 'test/lambda-python/.cache', `${version}-${process.platform}-${process.arch}`));
}

function runScript(name) {
  return run(process.execPath, [join(ROOT, 'scripts', name)]);
}
