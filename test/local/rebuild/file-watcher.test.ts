import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { FileWatcher } from '../../../lib/local/rebuild/file-watcher';
import { project, writeFiles } from '../../support/project';

const open: FileWatcher[] = [];
afterEach(() => open.splice(0).forEach((watcher) => watcher.close()));

function watch(root: string, ...files: string[]) {
  const changed: string[] = [];
  const watcher = new FileWatcher((file) => changed.push(path.relative(root, file)), (error) => { throw error; });
  open.push(watcher);
  watcher.watch(files.map((file) => path.join(root, file)));
  /** Waits for a change, and returns the files that have changed. */
  const changes = async () => {
    for (let i = 0; changed.length === 0 && i < 200; i++) await wait(5);
    await wait(20);
    return new Set(changed.splice(0));
  };
  return { watcher, changes };
}

const FILES = { 'src/a.ts': '1', 'src/b.ts': '1' };

test.each([
  ['written', (file: string) => fs.writeFileSync(file, '2')],
  ['replaced by a rename, as editors do', (file: string) => { fs.writeFileSync(`${path.dirname(file)}/4913`, '2'); fs.renameSync(`${path.dirname(file)}/4913`, file); }],
  ['removed', (file: string) => fs.rmSync(file)],
])('the watcher reports a file that is %s, and no other files', async (_, change) => {
  const root = project(FILES, 'a project');
  const { changes } = watch(root, 'src/a.ts', 'package.json');
  fs.writeFileSync(path.join(root, 'src/b.ts'), '2');
  fs.writeFileSync(path.join(root, 'src/.a.ts.swp'), '2');
  change(path.join(root, 'src/a.ts'));
  expect(await changes()).toEqual(new Set(['src/a.ts']));
});

test('the watcher reports each save of a file that every save replaces', async () => {
  const root = project(FILES);
  const { changes } = watch(root, 'src/a.ts');
  for (const text of ['2', '3', '4']) {
    fs.writeFileSync(path.join(root, 'src/new'), text);
    fs.renameSync(path.join(root, 'src/new'), path.join(root, 'src/a.ts'));
    expect(await changes()).toEqual(new Set(['src/a.ts']));
  }
});

test('a directory that is deleted and created again is watched again', async () => {
  const root = project(FILES);
  const { watcher, changes } = watch(root, 'src/a.ts');
  fs.rmSync(path.join(root, 'src'), { recursive: true });
  expect((await changes()).has('src/a.ts')).toBe(true);
  watcher.refresh();
  writeFiles(root, FILES);
  expect((await changes()).has('src')).toBe(true);
  watcher.refresh();
  fs.writeFileSync(path.join(root, 'src/a.ts'), '3');
  expect(await changes()).toEqual(new Set(['src/a.ts']));
});

test('a directory that is immediately created again is watched again', async () => {
  const root = project(FILES);
  const { watcher, changes } = watch(root, 'src/a.ts');
  fs.rmSync(path.join(root, 'src'), { recursive: true });
  writeFiles(root, FILES);
  await changes();
  watcher.refresh();
  fs.writeFileSync(path.join(root, 'src/a.ts'), '3');
  expect(await changes()).toEqual(new Set(['src/a.ts']));
});

test('the watcher reports a missing file when it appears, with any extension', async () => {
  const root = project(FILES);
  const { changes } = watch(root, 'src/later');
  fs.writeFileSync(path.join(root, 'src/later.ts'), '1');
  expect(await changes()).toEqual(new Set(['src/later.ts']));
});

test('everything in a directory is watched, except packages', async () => {
  const root = project({ 'templates/mails/a.txt': '1', 'templates/node_modules/x/a.txt': '1' });
  const { changes } = watch(root, 'templates');
  fs.writeFileSync(path.join(root, 'templates/node_modules/x/a.txt'), '2');
  fs.writeFileSync(path.join(root, 'templates/mails/a.txt'), '2');
  expect(await changes()).toEqual(new Set(['templates/mails/a.txt']));
});

test('a closed watcher reports nothing', async () => {
  const root = project(FILES);
  const { watcher, changes } = watch(root, 'src/a.ts');
  watcher.close();
  fs.writeFileSync(path.join(root, 'src/a.ts'), '2');
  expect(await Promise.race([changes(), wait(100, 'nothing')])).toBe('nothing');
});

test('a watched directory stands for everything in it, but not for packages, bytecode, and virtual environments', async () => {
  const root = project({ 'src/api/users.py': '', 'src/env/pyvenv.cfg': '', 'src/env/lib/a.py': '', 'src/__pycache__/a.pyc': '', 'src/node_modules/a/index.js': '' });
  const { changes } = watch(root, 'src');
  writeFiles(root, { 'src/env/lib/a.py': '2', 'src/__pycache__/a.pyc': '2', 'src/node_modules/a/index.js': '2', 'src/api/users.py': '2', 'src/api/added.py': '' });
  expect(await changes()).toEqual(new Set(['src/api/users.py', 'src/api/added.py']));
});

test('a watched project stands for everything in it, but not for the assembly and what is ignored, unless they are watched by name', async () => {
  const root = project({ 'api/users.py': '', 'cdk.out/manifest.json': '', 'cdk.out/asset.1/api/users.py': '', '.mypy_cache/3.13/a.json': '' });
  const { watcher, changes } = watch(root);
  watcher.watch([root, path.join(root, '.env')], (name) => name.startsWith('.'));
  writeFiles(root, { 'cdk.out/asset.1/api/users.py': '2', '.mypy_cache/3.13/a.json': '2', '.coverage': '', '.env': '', 'api/.users.py.swp': '', 'api/users.py': '2' });
  expect(await changes()).toEqual(new Set(['.env', 'api/users.py']));

  const assembly = watch(root, 'cdk.out/manifest.json');
  writeFiles(root, { 'cdk.out/manifest.json': '2' });
  expect(await assembly.changes()).toEqual(new Set(['cdk.out/manifest.json']));
});
