/**
 * What uv, Poetry and Pipenv lock, with the real tools and packages of PyPI.
 */
import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { LockedDependencies } from '../../../../lib/languages/python/dependencies/locked-dependencies';
import { DependencyRequest, PythonDependencies } from '../../../../lib/languages/python/dependencies/python-dependencies';
import { platformOf } from '../../../../lib/routers/binaries/binary-platform';
import { scratch, writeFiles } from '../../../support/project';
import { directoryWith, pathWithout, PythonTool, somePython } from '../../../support/python-tools';

const environment = { ...process.env };
const python = somePython();
const MINUTES = 60_000;

afterEach(() => {
  process.env = { ...environment };
});

interface Case {
  readonly tool: PythonTool;
  readonly manifest: string;
  readonly lockFile: string;
  /** A project that asks for these packages. */
  readonly render: (...packages: readonly string[]) => string;
  readonly lock: readonly string[];
}

const CASES: readonly Case[] = [
  {
    tool: 'uv',
    manifest: 'pyproject.toml',
    lockFile: 'uv.lock',
    render: (...packages) => `[project]\nname = "app"\nversion = "0.1.0"\nrequires-python = ">=3.11"\ndependencies = ${JSON.stringify(packages)}\n\n[dependency-groups]\ndev = ["iniconfig"]\n`,
    lock: ['lock'],
  },
  {
    tool: 'poetry',
    manifest: 'pyproject.toml',
    lockFile: 'poetry.lock',
    render: (...packages) => [
      '[tool.poetry]', 'name = "app"', 'version = "0.1.0"', 'description = ""', 'authors = []', 'package-mode = false', '',
      '[tool.poetry.dependencies]', 'python = ">=3.11,<3.15"', ...packages.map((name) => `${name.replace(/==.*/, '')} = "${name.replace(/.*==/, '')}"`), '',
      '[tool.poetry.group.dev.dependencies]', 'iniconfig = "*"', '',
      // Some mirrors of PyPI have no JSON API.
      '[[tool.poetry.source]]', 'name = "simple"', 'url = "https://pypi.org/simple/"', 'priority = "primary"', '',
    ].join('\n'),
    lock: ['lock', '--no-interaction'],
  },
  {
    tool: 'pipenv',
    manifest: 'Pipfile',
    lockFile: 'Pipfile.lock',
    render: (...packages) => [
      '[[source]]', 'url = "https://pypi.org/simple"', 'verify_ssl = true', 'name = "pypi"', '',
      '[packages]', ...packages.map((name) => `${name.replace(/==.*/, '')} = "==${name.replace(/.*==/, '')}"`), '', '[dev-packages]', 'iniconfig = "*"', '',
    ].join('\n'),
    lock: ['lock'],
  },
];

function lockedProject({ tool, manifest, render, lock }: Case, ...packages: readonly string[]): string {
  const root = scratch();
  writeFiles(root, { [manifest]: render(...packages), 'main.py': '' });
  process.env.PATH = [directoryWith(tool, 'uv'), pathWithout('uv', 'poetry', 'pipenv')].join(path.delimiter);
  Object.assign(process.env, { PIPENV_IGNORE_VIRTUALENVS: '1', WORKON_HOME: scratch(), POETRY_VIRTUALENVS_CREATE: 'false' });
  execFileSync(tool, lock, { cwd: root, stdio: 'pipe', env: { ...process.env, UV_PYTHON: python.path } });
  return root;
}

function install(root: string, more: Partial<DependencyRequest> = {}): PythonDependencies {
  return new LockedDependencies().install({ entry: root, projectRoot: root, pythonVersion: python.version, architecture: 'arm64', ...more });
}

const versionsOf = ({ distributions }: PythonDependencies) => distributions.map(({ name, version }) => `${name} ${version}`);

describe.each(CASES)('the lock file of $tool', (one) => {
  test('gives the packages of the project, without those for development, and fails if it does not match the project', () => {
    const root = lockedProject(one, 'markupsafe==3.0.2', 'jinja2==3.1.6');
    const dependencies = install(root);
    expect(versionsOf(dependencies)).toEqual(['jinja2 3.1.6', 'markupsafe 3.0.2']);
    const binaries = dependencies.files.filter((file) => file.path.endsWith('.so'));
    expect(binaries.map((file) => file.path)).toEqual([`markupsafe/_speedups.cpython-${python.version.replace('.', '')}-aarch64-linux-gnu.so`]);
    expect(dependencies.distributions[0].requires).toEqual(['markupsafe']);

    writeFiles(root, { [one.manifest]: one.render('markupsafe==3.0.1', 'jinja2==3.1.6') });
    expect(() => install(root)).toThrow(expect.objectContaining({
      code: 'PYTHON_LOCK', message: expect.stringMatching(new RegExp(`${one.lockFile} must match ${one.manifest}, got one that is outdated; run ${one.tool} lock in `)) as string,
    }));
  }, 5 * MINUTES);
});

describe('with packages of PyPI', () => {
  const [uv] = CASES;

  test.each(['arm64', 'x86_64'] as const)('native code is for a function on %s', (architecture) => {
    const root = lockedProject(uv, 'pydantic-core==2.33.2', 'sqlalchemy==2.0.43');
    const { files, distributions, warnings } = install(root, { architecture });
    const binaries = files.filter((file) => file.path.endsWith('.so'));
    expect(binaries.length).toBeGreaterThan(3);
    for (const { source } of binaries) expect(platformOf(fs.readFileSync(source))).toMatchObject({ system: 'Linux', cpu: architecture === 'arm64' ? 'arm64' : 'x64' });
    expect(distributions.map(({ name }) => name)).toEqual(['greenlet', 'pydantic-core', 'sqlalchemy', 'typing-extensions'].filter((name) => name !== 'greenlet' || distributions.length === 4));
    expect(files.some((file) => file.path.endsWith('.pyi') || /(^|\/)tests?\//.test(file.path))).toBe(false);
    expect(warnings).toEqual([]);
  }, 5 * MINUTES);

  test('a package without a wheel for the function fails with the files that it has', () => {
    const root = lockedProject({ ...uv, render: (...packages) => uv.render(...packages).replace('>=3.11', '>=3.9') }, 'markupsafe==2.1.0');
    expect(() => install(root, { pythonVersion: '3.12' })).toThrow(expect.objectContaining({
      code: 'WHEEL_MISSING', message: expect.stringMatching(/^"markupsafe" 2\.1\.0 must have a wheel for CPython 3\.12 on Linux arm64 .*, got MarkupSafe-2\.1\.0-cp310-cp310-.*\.whl/) as string,
    }));
  }, 5 * MINUTES);

  test('a lock file for another Python fails', () => {
    const root = lockedProject({ ...uv, render: (...packages) => uv.render(...packages).replace('>=3.11', `>=${python.version}`) }, 'iniconfig');
    expect(() => install(root, { pythonVersion: '3.10' })).toThrow(new RegExp(`uv\\.lock must be for the function's Python 3\\.10, got one for Python >=${python.version}; set the runtime`));
  }, 5 * MINUTES);

  test.each<[PythonTool, string, string]>([
    ['uv', 'pyproject.toml', [
      '[project]', 'name = "app"', 'version = "1"', 'requires-python = ">=3.11"', 'dependencies = ["jinja2[i18n]==3.1.6"]', '',
      '[project.optional-dependencies]', 'reports = ["tomli-w==1.2.0"]', '',
      '[dependency-groups]', 'dev = ["iniconfig"]', 'docs = ["colorama"]', '', '[tool.uv]', 'default-groups = ["dev", "docs"]', '',
    ].join('\n')],
    ['poetry', 'pyproject.toml', [
      '[tool.poetry]', 'name = "app"', 'version = "1"', 'description = ""', 'authors = []', 'package-mode = false', '',
      '[tool.poetry.dependencies]', 'python = ">=3.11,<3.15"', 'jinja2 = { version = "3.1.6", extras = ["i18n"] }', 'tomli-w = { version = "1.2.0", optional = true }', '',
      '[tool.poetry.extras]', 'reports = ["tomli-w"]', '', '[tool.poetry.group.dev.dependencies]', 'iniconfig = "*"', '',
      '[tool.poetry.group.docs]', 'optional = true', '', '[tool.poetry.group.docs.dependencies]', 'colorama = "*"', '',
      '[[tool.poetry.source]]', 'name = "simple"', 'url = "https://pypi.org/simple/"', 'priority = "primary"', '',
    ].join('\n')],
    ['pipenv', 'Pipfile', [
      '[[source]]', 'url = "https://pypi.org/simple"', 'verify_ssl = true', 'name = "pypi"', '',
      '[packages]', 'jinja2 = { version = "==3.1.6", extras = ["i18n"] }', '', '[dev-packages]', 'iniconfig = "*"', '', '[docs]', 'colorama = "*"', '',
    ].join('\n')],
  ])('%s: extras of packages are installed, but not the extras and groups of the project', (tool, manifest, text) => {
    const one = CASES.find((other) => other.tool === tool)!;
    const root = lockedProject({ ...one, manifest, render: () => text });
    expect(install(root).distributions.map(({ name }) => name)).toEqual(['babel', 'jinja2', 'markupsafe']);
  }, 5 * MINUTES);

  test('a member of a workspace gets what it asks for, from the one lock file', () => {
    const root = scratch();
    const member = (name: string, dependency: string) => `[project]\nname = "${name}"\nversion = "1"\nrequires-python = ">=3.11"\ndependencies = ["${dependency}"]\n`;
    writeFiles(root, {
      'pyproject.toml': '[tool.uv.workspace]\nmembers = ["api", "jobs"]\n', 'api/pyproject.toml': member('api', 'iniconfig'), 'jobs/pyproject.toml': member('jobs', 'markupsafe'),
    });
    process.env.PATH = [directoryWith('uv'), pathWithout('uv')].join(path.delimiter);
    execFileSync('uv', ['lock'], { cwd: root, stdio: 'pipe', env: process.env });
    expect(install(root, { entry: path.join(root, 'api') }).distributions.map(({ name }) => name)).toEqual(['iniconfig']);
  }, 5 * MINUTES);

  test('a member of a workspace that needs another member fails with what to do', () => {
    const root = fs.realpathSync(scratch());
    writeFiles(root, {
      'pyproject.toml': '[tool.uv.workspace]\nmembers = ["api", "core"]\n',
      'api/pyproject.toml': '[project]\nname = "api"\nversion = "1"\nrequires-python = ">=3.11"\ndependencies = ["core"]\n\n[tool.uv.sources]\ncore = { workspace = true }\n',
      'core/pyproject.toml': '[project]\nname = "core"\nversion = "1"\nrequires-python = ">=3.11"\ndependencies = ["iniconfig"]\n\n[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n',
    });
    process.env.PATH = [directoryWith('uv'), pathWithout('uv')].join(path.delimiter);
    execFileSync('uv', ['lock'], { cwd: root, stdio: 'pipe', env: process.env });
    expect(() => install(root, { entry: path.join(root, 'api') })).toThrow(
      'uv.lock must have packages that come as wheels, got "-e ./core", which would have to be built; '
      + 'publish a wheel of it to a package index, or copy its modules below the entry directory and remove the dependency',
    );
  }, 5 * MINUTES);
});
