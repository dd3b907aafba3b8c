import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { addToPath, addUv, preparePython, pythonOf, run } from '../../../examples/credentials-api/demo/python.mjs';

const REPORT = 'import sys; print(sys.executable, "%d.%d" % sys.version_info[:2], ".".join(map(str, sys.version_info[:3])))';

const HINT = 'for example that of "uv python install 3.14 && uv python find 3.14"; test/bench/python/index.mjs tells how to get one from Debian';

/** The Python to measure with, in an environment with Lambda's runtime client: that of `path`, or the machine's. */
export function prepareEnvironment(path) {
  if (path === undefined) {
    const python = preparePython();
    return { ...python, fullVersion: report(python.path).fullVersion };
  }
  if (!existsSync(path)) throw new Error(`--python must be the path of a Python that Lambda has, got ${path}; ${HINT}`);
  const { executable, version, fullVersion } = report(path);
  addUv();
  const python = pythonOf(createEnvironment(executable, fullVersion));
  // Synthesis finds it there, and compiles bytecode with it.
  addToPath(dirname(python));
  return { path: python, version, fullVersion };
}

function createEnvironment(python, version) {
  const directory = join(import.meta.dirname, '.cache', version);
  if (existsSync(join(directory, 'ready'))) return directory;
  mkdirSync(dirname(directory), { recursive: true });
  run('uv', ['venv', '--quiet', '--clear', '--python', python, directory]);
  run('uv', ['pip', 'install', '--quiet', '--python', pythonOf(directory), '--requirement', join(import.meta.dirname, '../../lambda-python/requirements.txt')]);
  mkdirSync(join(directory, 'ready'));
  return directory;
}

function report(python) {
  const [executable, version, fullVersion] = run(python, ['-c', REPORT]).trim().split(' ');
  return { executable, version, fullVersion };
}
