// Checks the packages of lazy-api-runtime for PyPI. scripts/build-python-runtime.mjs has already validated their metadata.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { missing } from './missing.mjs';
import { readWheel } from './wheel.mjs';

const NAME = 'lazy-api-runtime';

/** Runs in an environment that contains no other package. FastAPI and Starlette are those of the application. */
const IMPORT = `
from importlib.metadata import version
from lazy_api import RouterLoadError, get_logger, get_parameter, get_secret
from lazy_api.entry import create_lazy_api
print(version("${NAME}"), end="")
`;

/** Returns the problems of the wheel and the source distribution. */
export function pythonRuntimeProblems(clone, dist, version) {
  const stem = `${NAME.replaceAll('-', '_')}-${version}`;
  const wheel = join(dist, `${stem}-py3-none-any.whl`);
  const { names, metadata } = readWheel(wheel);
  const sdist = lines('tar', '-tzf', join(dist, `${stem}.tar.gz`)).map((file) => file.slice(stem.length + 1));
  const modules = lines('git', '-C', join(clone, 'python'), 'ls-files', 'lazy_api');
  const info = ['METADATA', 'RECORD', 'WHEEL', 'licenses/LICENSE'].map((file) => `${stem}.dist-info/${file}`);
  return [
    ...differences('the wheel', names, [...modules, ...info]),
    ...differences('the source distribution', sdist, [...modules, '.gitignore', 'LICENSE', 'PKG-INFO', 'README.md', 'pyproject.toml']),
    ...missing(NAME, metadata, [
      `Name: ${NAME}`, `Version: ${version}`, 'License-Expression: Apache-2.0', 'Requires-Python: >=3.11', 'Description-Content-Type: text/markdown',
    ]),
    ...importProblems(wheel, version),
  ];
}

/** Installs the wheel into an empty environment, without a package index. */
function importProblems(wheel, version) {
  const environment = mkdtempSync(join(tmpdir(), 'python-runtime-'));
  const python = join(environment, process.platform === 'win32' ? 'Scripts' : 'bin', 'python');
  try {
    lines('python3', '-m', 'venv', environment);
    lines(python, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-index', wheel);
    const [installed] = lines(python, '-I', '-c', IMPORT);
    return installed === version ? [] : [`${NAME}: the installed version is ${installed}`];
  } catch (error) {
    return [`${NAME}: the wheel cannot be installed or imported: ${error.message}`];
  } finally {
    rmSync(environment, { recursive: true, force: true });
  }
}

function differences(subject, files, expected) {
  return [...missing(`${NAME}, ${subject}`, files, expected), ...files.filter((file) => !expected.includes(file)).map((file) => `${NAME}, ${subject}: contains ${file}`)];
}

function lines(command, ...args) {
  return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim().split('\n');
}
