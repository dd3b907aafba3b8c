/** What an application gets from a lock file, with pip and uv, from a directory of wheels. */
import * as fs from 'fs';
import * as path from 'path';
import { LockedDependencies } from '../../../../lib/languages/python/dependencies/locked-dependencies';
import { DependencyRequest, PythonDependencies } from '../../../../lib/languages/python/dependencies/python-dependencies';
import { LazyApiError } from '../../../../lib/private/errors';
import { elf, MACHINE } from '../../../support/binary';
import { listFiles, scratch, writeFiles } from '../../../support/project';
import { directoryWith, pathWithout, somePython } from '../../../support/python-tools';
import { Contents, WheelDirectory } from '../../../support/wheels';

const environment = { ...process.env };
const python = somePython();
const tag = python.version.replace('.', '');
const caches = scratch();
// One list of directories for all tests, so that Python is searched once.
const paths = { uv: `${directoryWith('uv')}${path.delimiter}${pathWithout('uv')}`, pip: pathWithout('uv') };
let wheels: WheelDirectory;

beforeEach(() => {
  wheels = new WheelDirectory(path.join(scratch(), 'wheels'));
  useTool('uv');
});

afterEach(() => {
  process.env = { ...environment };
});

function useTool(tool: 'uv' | 'pip'): void {
  Object.assign(process.env, { PATH: paths[tool], UV_CACHE_DIR: path.join(caches, 'uv'), PIP_CACHE_DIR: path.join(caches, 'pip'), PIP_RETRIES: '0', UV_HTTP_RETRIES: '0' });
}

function projectWith(...lines: readonly string[]): string {
  const root = scratch();
  writeFiles(root, { 'requirements.txt': wheels.lock(...lines), 'main.py': '' });
  return root;
}

function requestFor(root: string, more: Partial<DependencyRequest> = {}): DependencyRequest {
  return { entry: root, projectRoot: root, pythonVersion: python.version, architecture: 'arm64', ...more };
}

function install(root: string, more: Partial<DependencyRequest> = {}, excludePackages: readonly string[] = []): PythonDependencies {
  return new LockedDependencies({ excludePackages }).install(requestFor(root, more));
}

function failureOf(action: () => unknown): LazyApiError {
  try {
    action();
  } catch (error) {
    return error as LazyApiError;
  }
  throw new Error('it did not fail');
}

const pathsOf = ({ files }: PythonDependencies) => files.map((file) => file.path).sort();
const sourcesOf = (dependencies: PythonDependencies) => pathsOf(dependencies).filter((file) => !/\.dist-info\/|__pycache__/.test(file));

function publishFast(suffix: string, bytes: Buffer, wheelTag: string): string {
  return wheels.publish('fast', { 'fast/__init__.py': '', [`fast/_fast${suffix}`]: bytes }, { tag: wheelTag });
}

describe.each(['uv', 'pip'] as const)('with %s, the asset gets', (tool) => {
  beforeEach(() => useTool(tool));

  test('packages for its architecture, with bytecode, metadata, and nothing of the machine', () => {
    const lines = [
      publishFast(`.cpython-${tag}-aarch64-linux-gnu.so`, elf(), `cp${tag}-cp${tag}-manylinux_2_17_aarch64`),
      wheels.publish('plain', { 'plain/__init__.py': 'x = 1\n', 'plain/py.typed': '', 'plain/a.pyi': '', 'plain/tests/test_x.py': '' }, { requires: ['fast'] }),
      `${wheels.publish('windows', { 'windows.py': '' })} ; sys_platform == "win32"`,
    ];
    const dependencies = install(projectWith(...lines));
    expect(pathsOf(dependencies)).toEqual([
      'fast-1.0.0.dist-info/METADATA', 'fast-1.0.0.dist-info/RECORD', 'fast-1.0.0.dist-info/WHEEL',
      'fast/__init__.py', `fast/__pycache__/__init__.cpython-${tag}.pyc`, `fast/_fast.cpython-${tag}-aarch64-linux-gnu.so`,
      'plain-1.0.0.dist-info/METADATA', 'plain-1.0.0.dist-info/RECORD', 'plain-1.0.0.dist-info/WHEEL',
      'plain/__init__.py', `plain/__pycache__/__init__.cpython-${tag}.pyc`, 'plain/py.typed',
    ]);
    expect(dependencies.distributions.map(({ name, version, requires }) => [name, version, requires])).toEqual([['fast', '1.0.0', []], ['plain', '1.0.0', ['fast']]]);
    expect(dependencies.warnings).toEqual([]);
  });

  test('no lazy-api-runtime, because the library brings its own version', () => {
    const lines = [wheels.publish('lazy-api-runtime', { 'lazy_api/__init__.py': '' }), wheels.publish('plain', { 'plain.py': '' })];
    expect(sourcesOf(install(projectWith(...lines)))).toEqual(['plain.py']);
  });

  test('the merged directory of a namespace', () => {
    const google = { 'google/__init__.py': '__path__ = __import__("pkgutil").extend_path(__path__, __name__)\n' };
    const lines = [wheels.publish('google-a', { ...google, 'google/a.py': '' }), wheels.publish('google-b', { ...google, 'google/b.py': '' })];
    expect(sourcesOf(install(projectWith(...lines)))).toEqual(['google/__init__.py', 'google/a.py', 'google/b.py']);
  });

  test('no scripts, which name the Python of this machine', () => {
    const line = wheels.publish('tool', { 'tool.py': 'def main(): pass\n', 'tool-1.0.0.dist-info/entry_points.txt': '[console_scripts]\ntool = tool:main\n' });
    expect(pathsOf(install(projectWith(line)))).toEqual([
      `__pycache__/tool.cpython-${tag}.pyc`, 'tool-1.0.0.dist-info/METADATA', 'tool-1.0.0.dist-info/RECORD',
      'tool-1.0.0.dist-info/WHEEL', 'tool-1.0.0.dist-info/entry_points.txt', 'tool.py',
    ]);
  });

  test('no package whose contents differ from the hash in the lock file', () => {
    const line = wheels.publish('plain', { 'plain.py': '' });
    const root = projectWith(line.replace(/sha256:.{8}/, 'sha256:00000000'));
    expect(() => install(root)).toThrow(expect.objectContaining({ code: 'PYTHON_DEPENDENCIES', message: expect.stringMatching(/cannot install the dependencies[^]*hash/i) as string }));
    expect(fs.readdirSync(path.join(root, '.cdk-lazy-api/python')).filter((name) => /^(lambda|installing)/.test(name))).toEqual([]);
  });

  test.each<[string, string, RegExp]>([
    ['another processor', `cp${tag}-cp${tag}-manylinux_2_17_x86_64`, /manylinux_2_17_x86_64/],
    ['another version of Python', 'cp39-cp39-manylinux_2_17_aarch64', /cp39/],
    ['a newer glibc', `cp${tag}-cp${tag}-manylinux_2_39_aarch64`, /manylinux_2_39_aarch64/],
    ['musl', `cp${tag}-cp${tag}-musllinux_1_2_aarch64`, /musllinux_1_2_aarch64/],
  ])('an error for a package that has wheels only for %s', (_, other, existing) => {
    const root = projectWith(publishFast('.so', elf(), other), wheels.publish('plain', { 'plain.py': '' }));
    const { code, message } = failureOf(() => install(root));
    expect([code, message]).toEqual(['WHEEL_MISSING', expect.stringMatching(
      /^"fast" 1\.0\.0 must have a wheel for CPython 3\.\d+ on Linux arm64 with glibc 2\.\d+ \(manylinux_2_\d+_aarch64 or older\), got /,
    )]);
    expect(message).toMatch(existing);
  });

  test('for Python 3.11, which runs on Amazon Linux 2, wheels for its glibc', () => {
    const root = projectWith(publishFast('.so', elf(), 'cp311-cp311-manylinux_2_26_aarch64'));
    expect(sourcesOf(install(root, { pythonVersion: '3.11' }))).toContain('fast/_fast.so');
  });

  test('for Python 3.11, no wheels for a newer glibc', () => {
    const root = projectWith(publishFast('.so', elf(), 'cp311-cp311-manylinux_2_27_aarch64'));
    expect(() => install(root, { pythonVersion: '3.11' })).toThrow(/with glibc 2\.26 \(manylinux_2_26_aarch64 or older\), got fast-1\.0\.0-cp311-cp311-manylinux_2_27_aarch64\.whl; /);
  });

  test('an error for a package of source code, which is never built', () => {
    const root = projectWith(wheels.publishSource('source'), wheels.publish('plain', { 'plain.py': '' }));
    expect(() => install(root)).toThrow(/^"source" 1\.0\.0 must have a wheel for [^]*for a package of source code alone, build a wheel with pip wheel/);
  });
});

test('pip and uv give the same files', () => {
  const programs: Contents = { 'plain/run': '#!/bin/sh\n', 'plain/data/x.txt': 'x', 'plain-1.0.0.data/scripts/plain': '#!python\n', 'plain/__init__.py': 'x = 1\n' };
  const lines = [wheels.publish('plain', programs), wheels.publish('with-dashes', { 'with_dashes.py': '' })];
  const [uv, pip] = (['uv', 'pip'] as const).map((tool) => {
    useTool(tool);
    return install(projectWith(...lines)).files.map(({ source, ...file }) => file);
  });
  expect(uv.length).toBeGreaterThan(5);
  expect(pip).toEqual(uv);
  expect(uv.filter(({ executable }) => executable).map((file) => file.path)).toEqual(['plain/run']);
});

describe('synthesis fails', () => {
  test('for native code of another processor in a wheel for this one', () => {
    const root = projectWith(publishFast('.abi3.so', elf({ machine: MACHINE.x64 }), 'cp39-abi3-manylinux_2_17_aarch64'));
    expect(() => install(root)).toThrow(expect.objectContaining({
      code: 'BINARY_FOREIGN', message: expect.stringMatching(/^"fast" 1\.0\.0 must have native code for CPython .* on Linux arm64 .*, got fast\/_fast\.abi3\.so for Linux x64 with glibc; /) as string,
    }));
  });

  test('for an extension module of another Python in a wheel for this one', () => {
    const root = projectWith(publishFast('.cpython-39-aarch64-linux-gnu.so', elf(), `cp${tag}-cp${tag}-manylinux_2_17_aarch64`));
    expect(() => install(root)).toThrow(/got fast\/_fast\.cpython-39-aarch64-linux-gnu\.so for cpython-39; use a version that has it/);
  });

  test('if two packages have different files at one place', () => {
    const root = projectWith(wheels.publish('opencv', { 'cv2/__init__.py': 'a' }), wheels.publish('opencv-headless', { 'cv2/__init__.py': 'b' }));
    expect(() => install(root)).toThrow(
      'each file must come from one package, got cv2/__init__.py with different contents from opencv 1.0.0 and opencv-headless 1.0.0; depend on one of them',
    );
  });

  test('not if the files are texts at the root, which nothing imports', () => {
    const root = projectWith(wheels.publish('a', { 'LICENSE': 'a', 'a.py': '' }), wheels.publish('b', { 'LICENSE': 'b', 'b.py': '' }));
    expect(sourcesOf(install(root))).toEqual(['a.py', 'b.py']);
  });

  test('if the dependencies are larger than 250 MB, and names the largest', () => {
    const root = projectWith(
      wheels.publish('small', { 'small.py': '' }), wheels.publish('huge', { 'huge/model.bin': Buffer.alloc(251 * 1024 * 1024) }),
    );
    expect(() => install(root)).toThrow(expect.objectContaining({
      code: 'CODE_TOO_LARGE', message: expect.stringMatching(/at most 250 MB unzipped, including layers, got 251\.0 MB; .*\n\n +251\.0 MB {2}huge 1\.0\.0\n/) as string,
    }));
  }, 30_000);

  test('without uv and pip, and names what to install', () => {
    Object.assign(process.env, { PATH: scratch(), PYENV_ROOT: scratch() });
    expect(() => install(projectWith(wheels.publish('plain', { 'plain.py': '' })))).toThrow(/need uv or pip, got neither on this machine; install uv: https:/);
  });

  test('without the tool of the lock file', () => {
    const root = scratch();
    process.env.PATH = pathWithout('poetry');
    writeFiles(root, { 'poetry.lock': '', 'pyproject.toml': '' });
    expect(() => install(root)).toThrow(/poetry\.lock belongs to Poetry, but poetry cannot be started: ENOENT; install Poetry: https:/);
  });

  test('and shows no credentials', () => {
    const root = scratch();
    writeFiles(root, { 'requirements.txt': '-i https://user:hunter2@127.0.0.1:9/simple\nplain==1.0.0 --hash=sha256:00\n' });
    const { message } = failureOf(() => install(root));
    expect(message).toMatch(/^uv cannot install the dependencies/);
    expect(message).not.toMatch(/hunter2/);
  }, 60_000);
});

describe('excludePackages', () => {
  const via = (line: string, by: string) => `${line}\n    # via ${by}`;
  const boto = () => [
    via(wheels.publish('boto3', { 'boto3.py': '' }, { requires: ['botocore'] }), '-r requirements.in'),
    via(wheels.publish('botocore', { 'botocore.py': '' }, { requires: ['urllib3', 'python-dateutil; extra == "x"'] }), 'boto3'),
    via(wheels.publish('python-dateutil', { 'dateutil.py': '' }), 'botocore'),
    via(wheels.publish('urllib3', { 'urllib3.py': '' }), 'botocore'),
    via(wheels.publish('requests', { 'requests.py': '' }, { requires: ['urllib3>=1'] }), '-r requirements.in'),
  ];

  test('leaves a package out with everything that only it needs', () => {
    expect(sourcesOf(install(projectWith(...boto()), {}, ['boto3']))).toEqual(['requests.py', 'urllib3.py']);
  });

  test('leaves nothing out by default: boto3 of the lock file is the one that runs', () => {
    expect(sourcesOf(install(projectWith(...boto())))).toEqual(['boto3.py', 'botocore.py', 'dateutil.py', 'requests.py', 'urllib3.py']);
  });

  test('leaves packages that come with Lambda on this machine, and no others', () => {
    const host = { path: python.path, version: python.version };
    const onHost = (excluded: readonly string[]) => {
      const { hostDirectory } = install(projectWith(...boto()), { host }, excluded);
      return listFiles(hostDirectory!).filter((file) => /^\w+\.py$/.test(file)).sort();
    };
    expect(onHost(['boto3', 'requests'])).toEqual(['boto3.py', 'botocore.py', 'dateutil.py', 'urllib3.py']);
    expect(onHost(['boto3'])).toEqual(['boto3.py', 'botocore.py', 'dateutil.py', 'requests.py', 'urllib3.py']);
  });

  test('takes names in any spelling of the package index, and refuses others', () => {
    const root = projectWith(...boto());
    expect(sourcesOf(install(root, {}, ['Python_Dateutil']))).not.toContain('dateutil.py');
    expect(() => install(root, {}, ['dateutil'])).toThrow(
      'excludePackages must name packages of the lock file, as the package index names them, got "dateutil"; did you mean "python-dateutil"?',
    );
  });

  test('saves a package without a wheel, which a layer brings', () => {
    expect(sourcesOf(install(projectWith(...boto(), wheels.publishSource('source')), {}, ['source']))).toContain('requests.py');
  });
});

describe('the installation', () => {
  test('is used again until the lock file changes, and needs no packages then', () => {
    const plain = wheels.publish('plain', { 'plain.py': '' });
    const root = projectWith(plain);
    const before = install(root);
    fs.rmSync(wheels.directory, { recursive: true });
    expect(install(root)).toEqual(before);
    writeFiles(root, { 'requirements.txt': wheels.lock(wheels.publish('plain', { 'plain.py': '' }), wheels.publish('other', { 'other.py': '' })) });
    expect(sourcesOf(install(root))).toEqual(['other.py', 'plain.py']);
  });

  test('is made again if a file of it has other contents', () => {
    const root = projectWith(wheels.publish('plain', { 'plain.py': 'right' }));
    const { source } = install(root).files.find((file) => file.path === 'plain.py')!;
    fs.writeFileSync(source, 'wrong');
    expect(fs.readFileSync(install(root).files.find((file) => file.path === 'plain.py')!.source, 'utf8')).toBe('right');
  });

  test('has another key for another architecture, version, exclusion, and compiler', () => {
    const root = projectWith(wheels.publish('plain', { 'plain.py': '' }), wheels.publish('other', { 'other.py': '' }));
    const key = (more: Partial<DependencyRequest> = {}, excludePackages: readonly string[] = []) => new LockedDependencies({ excludePackages }).key(requestFor(root, more));
    const keys = [key(), key({ architecture: 'x86_64' }), key({ pythonVersion: '3.99' }), key({}, ['other'])];
    expect(new Set(keys).size).toBe(keys.length);
    expect(key()).toBe(keys[0]);
  });

  test('is left out of version control', () => {
    const root = projectWith(wheels.publish('plain', { 'plain.py': '' }));
    install(root);
    expect(fs.readFileSync(path.join(root, '.cdk-lazy-api/.gitignore'), 'utf8')).toBe('*\n');
  });

  test('without the Python of the function has no bytecode', () => {
    const root = projectWith(wheels.publish('plain', { 'plain.py': '' }));
    expect(pathsOf(install(root, { pythonVersion: '3.99' })).filter((file) => file.endsWith('.pyc'))).toEqual([]);
  });

  test('warns of a file that changes the start of Python, which Lambda does not read', () => {
    const root = projectWith(
      wheels.publish('patcher', { 'patcher.py': '', 'patcher.pth': 'import patcher\n' }), wheels.publish('old', { 'old.py': '', 'old-nspkg.pth': 'import sys\n' }),
    );
    expect(install(root).warnings).toEqual([{
      text: expect.stringMatching(/^"patcher" 1\.0\.0 has patcher\.pth, which Lambda does not read/) as string,
    }]);
  });

  test('and the cache keep no credentials', () => {
    const root = scratch();
    const line = wheels.publish('plain', { 'plain.py': '' });
    writeFiles(root, { 'requirements.txt': `--extra-index-url https://user:hunter2@127.0.0.1:9/simple\n${wheels.lock(line)}` });
    expect(sourcesOf(install(root))).toEqual(['plain.py']);
    const cache = path.join(root, '.cdk-lazy-api');
    expect(listFiles(cache).length).toBeGreaterThan(3);
    expect(listFiles(cache).filter((file) => file.includes('hunter2') || fs.readFileSync(path.join(cache, file)).includes('hunter2'))).toEqual([]);
  });

  test('has the same versions for this machine, without those that have no wheel for it', () => {
    const lines = [publishFast('.so', elf(), 'cp39-abi3-manylinux_2_17_aarch64'), wheels.publish('plain', { 'plain.py': 'x = 1\n' })];
    const x64 = process.arch === 'arm64' ? { architecture: 'arm64' as const } : {};
    const { hostDirectory, missingOnHost } = install(projectWith(...lines), { ...x64, host: { path: python.path, version: python.version } });
    expect(missingOnHost).toEqual(process.arch === 'arm64' ? [] : ['fast']);
    expect(fs.readFileSync(path.join(hostDirectory!, 'plain.py'), 'utf8')).toBe('x = 1\n');
  });
});
