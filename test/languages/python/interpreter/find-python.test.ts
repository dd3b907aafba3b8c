import * as fs from 'fs';
import * as path from 'path';
import { findFirstPython, findPython } from '../../../../lib/languages/python/interpreter/find-python';
import { program } from '../../../support/package-managers';
import { scratch } from '../../../support/project';
import { somePython } from '../../../support/python-tools';

const environment = { ...process.env };
const python = somePython();

beforeEach(() => Object.assign(process.env, { PYENV_ROOT: scratch() }));

afterEach(() => {
  process.env = { ...environment };
});

/** A directory with a program that says what a Python says. */
const fake = (name: string, version: string) => program(name, `echo '["/fake/python", "${version}", "${version}.9", "cpython-${version.replace('.', '')}"]'`);

const usePath = (...directories: readonly string[]) => Object.assign(process.env, { PATH: directories.join(path.delimiter) });

test('finds a Python of exactly this version, with its patch version', () => {
  Object.assign(process.env, environment);
  expect(findPython(python.version)).toEqual({ path: expect.any(String) as string, version: python.version, fullVersion: expect.stringMatching(/^3\.\d+\.\d+$/) as string, cacheTag: python.cacheTag });
  expect(python.cacheTag).toBe(`cpython-${python.version.replace('.', '')}`);
});

test('passes over a shim of a version manager without its Python', () => {
  usePath(program('python3.13', 'echo "pyenv: python3.13: command not found" >&2; exit 127'), fake('python3.13', '3.13'));
  expect(findPython('3.13')?.fullVersion).toBe('3.13.9');
});

test('passes over a Python that has another version than its name says', () => {
  usePath(fake('python3.13', '3.12'));
  expect(findPython('3.13')).toBeUndefined();
});

test('takes what uv finds', () => {
  usePath(program('uv', `[ "$1 $2 $3" = "python find --no-python-downloads" ] && echo ${fake('python', '3.13')}/python`), '/bin');
  expect(findPython('3.13')?.fullVersion).toBe('3.13.9');
});

test('takes the newest that pyenv has, which need not be active', () => {
  for (const version of ['3.13.2', '3.13.10', '3.12.1']) {
    const directory = path.join(process.env.PYENV_ROOT!, 'versions', version, 'bin');
    fs.mkdirSync(directory, { recursive: true });
    fs.writeFileSync(path.join(directory, 'python'), `#!/bin/sh\necho '["${directory}/python", "${version.slice(0, 4)}", "${version}", "x"]'\n`, { mode: 0o755 });
  }
  usePath(scratch());
  expect(findPython('3.13')?.fullVersion).toBe('3.13.10');
});

test('takes the first of several versions', () => {
  usePath(fake('python3.12', '3.12'), fake('python3.11', '3.11'));
  expect(findFirstPython(['3.13', '3.12', '3.11'])?.version).toBe('3.12');
});

test('remembers a Python until its program changes', () => {
  const cache = scratch();
  const bin = scratch();
  const file = path.join(bin, 'python3.13');
  const write = (version: string) => fs.writeFileSync(file, `#!/bin/sh\necho '["${file}", "3.13", "${version}", "cpython-313"]'\n`, { mode: 0o755 });
  write('3.13.1');
  usePath(bin);
  const find = () => {
    let found: ReturnType<typeof findPython>;
    jest.isolateModules(() => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      found = (require('../../../../lib/languages/python/interpreter/find-python') as { findPython: typeof findPython }).findPython('3.13', cache);
    });
    return found?.fullVersion;
  };
  expect(find()).toBe('3.13.1');
  expect(fs.readdirSync(cache)).toHaveLength(1);
  write('3.13.11');
  expect(find()).toBe('3.13.11');
});
