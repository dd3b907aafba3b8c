/** Bytecode, compiled and run by the Python of this machine. */
import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { bytecodeFiles } from '../../../../lib/languages/python/bytecode/bytecode-files';
import { compileApplication } from '../../../../lib/languages/python/bytecode/compile-application';
import { BytecodeMode, compileModules } from '../../../../lib/languages/python/bytecode/compile-modules';
import { scratch, writeFiles } from '../../../support/project';
import { somePython } from '../../../support/python-tools';

const python = somePython();

/** What the interpreter shares between modules: strings that are names elsewhere, sets, and numbers. */
const SHARING = 'a = {"foo", 2, 3}\n\ndef f():\n    b = {"foo", 2, 3}\n    return b, 123456, "a b", ("x", 1.5)\n';

function compile(files: { readonly [file: string]: string }, mode: BytecodeMode = 'unchecked', root = scratch()): { root: string; bytecode: (module: string) => Buffer } {
  writeFiles(root, files);
  const problems = compileModules({ python, mode, root, into: root, files: Object.keys(files), scratch: root });
  expect(problems).toEqual([]);
  const bytecode = (module: string) => {
    const folder = path.join(root, path.dirname(module), '__pycache__');
    return fs.readFileSync(path.join(folder, `${path.basename(module, '.py')}.${python.cacheTag}.pyc`));
  };
  return { root, bytecode };
}

test('bytecode does not depend on what else is compiled, on the directory, or on variables', () => {
  const alone = compile({ 'x/b.py': SHARING }).bytecode('x/b.py');
  process.env.PYTHONHASHSEED = '12345';
  const among = compile({ 'a.py': 'import foo\n', 'x/a.py': `import foo\n${SHARING}`, 'x/b.py': SHARING }, 'unchecked', path.join(scratch(), 'longer/path')).bytecode('x/b.py');
  delete process.env.PYTHONHASHSEED;
  expect(among.equals(alone)).toBe(true);
});

test.each<[BytecodeMode, number, string]>([['checked', 0b11, 'new'], ['unchecked', 0b01, 'old']])('%s bytecode is hash-based, and after a change of the source Python runs the %s code', (mode, flags, runs) => {
  const source = (text: string) => `print("${text}")\n`;
  const { root, bytecode } = compile({ 'main.py': source('old') }, mode);
  expect(bytecode('main.py').readUInt32LE(4)).toBe(flags);
  fs.utimesSync(path.join(root, 'main.py'), 0, 0);
  const run = () => execFileSync(python.path, ['-c', 'import main'], { cwd: root, encoding: 'utf8', env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' } }).trim();
  expect(run()).toBe('old');
  fs.writeFileSync(path.join(root, 'main.py'), source('new'));
  expect(run()).toBe({ new: 'new', old: 'old' }[runs]);
});

test('code names its file as it is in Lambda, so that Python need not correct it at import', () => {
  const { root } = compile({ 'api/users.py': 'x = 1\n' });
  const read = `import marshal; print(marshal.loads(open("api/__pycache__/users.${python.cacheTag}.pyc", "rb").read()[16:]).co_filename)`;
  expect(execFileSync(python.path, ['-c', read], { cwd: root, encoding: 'utf8' }).trim()).toBe('/var/task/api/users.py');
});

test('a module that does not compile is reported, and the others are compiled', () => {
  const root = scratch();
  writeFiles(root, { 'good.py': 'x = 1\n', 'template.py': 'class {{ name }}:\n', 'null.py': 'x\0' });
  const problems = compileModules({ python, mode: 'checked', root, into: root, files: ['template.py', 'good.py', 'null.py'], scratch: root });
  expect(problems.map((problem) => problem.path)).toEqual(['null.py', 'template.py']);
  expect(problems[1]).toEqual({ path: 'template.py', message: expect.any(String) as string, line: 1 });
  expect(fs.readdirSync(path.join(root, '__pycache__'))).toEqual([`good.${python.cacheTag}.pyc`]);
});

test('sources in memory are compiled once, until they change', () => {
  const cache = scratch();
  const sources = (text: string) => [{ path: 'main.py', contents: Buffer.from(text) }, { path: 'data.json', contents: Buffer.from('{}') }];
  const options = { python, mode: 'checked' as const, cache };
  const first = bytecodeFiles(sources('x = 1\n'), options);
  expect(first.files.map((file) => file.path)).toEqual([`__pycache__/main.${python.cacheTag}.pyc`]);
  const gone = { ...options, python: { ...python, path: '/nowhere' } };
  expect(bytecodeFiles(sources('x = 1\n'), gone)).toEqual(first);
  expect(() => bytecodeFiles(sources('x = 2\n'), gone)).toThrow(expect.objectContaining({ code: 'PYTHON_BYTECODE' }));
  expect(bytecodeFiles(sources('def\n'), options)).toEqual({ files: [], problems: [{ path: 'main.py', message: 'invalid syntax', line: 1 }] });
});

describe('of an application', () => {
  const modules = [{ path: 'main.py', contents: Buffer.from('x = 1\n') }];

  test('the bytecode is checked, because someone may edit it in the console', () => {
    const { files, warnings } = compileApplication(modules, { projectRoot: scratch(), pythonVersion: python.version });
    expect(files.map((file) => [file.path, Buffer.from(file.contents).readUInt32LE(4)])).toEqual([[`__pycache__/main.${python.cacheTag}.pyc`, 0b11]]);
    expect(warnings).toEqual([]);
  });

  test('a warning says what it costs that the Python of the function is missing', () => {
    expect(compileApplication(modules, { projectRoot: scratch(), pythonVersion: '3.99' })).toEqual({
      files: [],
      warnings: [expect.stringMatching(/^Python 3\.99 was not found on this machine, so the asset has no bytecode: each cold start compiles .* "uv python install 3\.99"\.$/)],
    });
  });

  test('a warning names the line that does not compile', () => {
    const broken = [{ path: 'api/users.py', contents: Buffer.from('x = 1\ndef f(:\n') }];
    expect(compileApplication(broken, { projectRoot: scratch(), pythonVersion: python.version }).warnings)
      .toEqual([expect.stringMatching(/^api\/users\.py, line 2 does not compile with Python 3\.\d+: .*\. The module cannot be imported\.$/)]);
  });
});
