import * as fs from 'node:fs';
import * as path from 'node:path';
import { overlay } from '../../../lib/local/profile/overlay';
import { listFiles, project } from '../../support/project';

const BASE = { 'index.py': 'old', 'package/data.py': 'large', '__pycache__/index.pyc': 'old', '__pycache__/other.pyc': 'other' };

const read = (directory: string) => Object.fromEntries(Object.keys(BASE).map((file) => [file, fs.readFileSync(path.join(directory, file), 'utf8')]));

test('an overlay has the files of a directory and replaces some of them, and the directory stays as it is', () => {
  const base = project(BASE);
  const { directory, close } = overlay(base, [{ path: 'index.py', contents: Buffer.from('new') }, { path: '__pycache__/index.pyc', contents: Buffer.from('new') }]);
  expect(read(directory)).toEqual({ ...BASE, 'index.py': 'new', '__pycache__/index.pyc': 'new' });
  expect(read(base)).toEqual(BASE);
  expect(fs.lstatSync(path.join(directory, 'package')).isSymbolicLink()).toBe(true);
  close();
  expect(fs.existsSync(directory)).toBe(false);
  expect(listFiles(base)).toEqual(expect.arrayContaining(Object.keys(BASE)));
});

test('a link in a directory is not followed for writing', () => {
  const [base, elsewhere] = [project({ 'other.py': '' }), project({ 'index.py': 'old' })];
  fs.symlinkSync(path.join(elsewhere, 'index.py'), path.join(base, 'index.py'));
  const { directory, close } = overlay(base, [{ path: 'index.py', contents: Buffer.from('new') }]);
  expect(fs.readFileSync(path.join(directory, 'index.py'), 'utf8')).toBe('new');
  expect(fs.readFileSync(path.join(elsewhere, 'index.py'), 'utf8')).toBe('old');
  close();
});
