import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { readAssetFiles } from '../../../lib/routers/asset/asset-files';
import { project, scratch, writeFiles } from '../../support/project';

const TREE = {
  'src/templates/welcome.html': 'welcome',
  'src/templates/de/welcome.html': 'willkommen',
  'src/templates/notes.txt': 'notes',
  'src/templates/.hidden': 'hidden',
};

function read(root: string, files: { readonly [target: string]: string }) {
  const absolute = Object.fromEntries(Object.entries(files).map(([target, source]) => [target, path.resolve(root, source)]));
  return readAssetFiles(absolute, { prop: 'bundling.files', projectRoot: root, projectRootProp: 'bundling.projectRoot' });
}

const pathsOf = (root: string, files: { readonly [target: string]: string }) => read(root, files).map((file) => file.path);

test.each<[string, { readonly [target: string]: string }, string[]]>([
  ['a file, with the target as its name', { 'mail/hello.html': 'src/templates/welcome.html' }, ['mail/hello.html']],
  ['a directory, with everything below it', { t: 'src/templates' }, ['t/.hidden', 't/de/welcome.html', 't/notes.txt', 't/welcome.html']],
  ['the matches of a pattern', { t: 'src/templates/*.html' }, ['t/welcome.html']],
  ['the matches of a pattern in subdirectories', { 't/u': 'src/**/*.html' }, ['t/u/templates/de/welcome.html', 't/u/templates/welcome.html']],
])('bundling.files adds %s', (_, files, expected) => {
  expect(pathsOf(project(TREE), files)).toEqual(expected);
});

test('a relative source is resolved from the working directory', () => {
  const [file] = readAssetFiles({ x: 'LICENSE' }, { prop: 'bundling.files', projectRoot: process.cwd(), projectRootProp: 'bundling.projectRoot' });
  expect(Buffer.from(file.contents)).toEqual(fs.readFileSync('LICENSE'));
});

test('executable files stay executable', () => {
  const root = project({ 'bin/run': '#!/bin/sh', 'bin/data': '' });
  fs.chmodSync(path.join(root, 'bin/run'), 0o755);
  expect(read(root, { bin: 'bin' }).map(({ path: file, executable = false }) => [file, executable])).toEqual([['bin/data', false], ['bin/run', true]]);
});

test('a source with a wildcard character is a path if such a file exists', () => {
  expect(pathsOf(project({ 'src/what?': 'x', 'src/whatX': 'y' }), { w: 'src/what?' })).toEqual(['w']);
});

test('links inside the project are followed', () => {
  const root = project({ 'shared/footer.html': 'footer', 'src/templates/a.html': 'a' });
  fs.symlinkSync('../../shared', path.join(root, 'src/templates/shared'));
  expect(pathsOf(root, { t: 'src/templates' })).toEqual(['t/a.html', 't/shared/footer.html']);
});

describe('bundling.files refuses', () => {
  const outside = () => {
    const directory = scratch();
    writeFiles(directory, { 'secret.html': 'x' });
    return directory;
  };

  test.each<[string, source: string, add: (root: string) => void, RegExp]>([
    ['a source that is missing', 'src/nowhere', () => {}, /^bundling\.files\["t"\] must be an existing file, directory or pattern, got ".*src\/nowhere"; looked for .*src\/nowhere$/],
    ['a pattern whose directory is missing', 'src/nowhere/*.html', () => {}, /must be an existing file, directory or pattern, got ".*\*\.html"; looked for .*src\/nowhere$/],
    ['a pattern that matches nothing', 'src/*.html', () => {}, /must match at least one file, got ".*src\/\*\.html"; looked in .*src$/],
    ['an empty directory', 'empty', (root) => fs.mkdirSync(path.join(root, 'empty')), /must match at least one file/],
    ['a link to itself', 'loop', (root) => fs.symlinkSync('loop', path.join(root, 'loop')), /looked for .*loop; it is a link that leads back to itself$/],
    ['a link to a missing file', 'src', (root) => fs.symlinkSync('gone', path.join(root, 'src/link')), /must contain only files, got ".*src" with .*src\/link, which is missing$/],
    ['a link to a directory above', 'src', (root) => fs.symlinkSync('..', path.join(root, 'src/up')), /with .*src\/up\/src, which is a link to a directory above it$/],
    ['a pipe', 'src', (root) => void execFileSync('mkfifo', [path.join(root, 'src/pipe')]), /with .*src\/pipe, which is neither a file nor a directory$/],
    ['a link to a file outside the project', 'src', (root) => fs.symlinkSync(path.join(outside(), 'secret.html'), path.join(root, 'src/x')), /^bundling\.files\["t"\] must lie inside the project, got ".*src" with .*secret\.html; the project root is .*, set bundling\.projectRoot if it should be another$/],
    ['a link to a directory outside the project', 'src', (root) => fs.symlinkSync(outside(), path.join(root, 'src/x')), /must lie inside the project/],
  ])('%s', (_, source, add, message) => {
    const root = project(TREE);
    add(root);
    expect(() => read(root, { t: source })).toThrow(expect.objectContaining({ code: 'BUNDLING_FILES', message: expect.stringMatching(message) }));
  });

  test('a source outside the project', () => {
    expect(() => read(project({}), { t: outside() })).toThrow(/must lie inside the project, got ".*" with .*secret\.html/);
  });

  test('nothing that a pattern does not match', () => {
    const root = project({ 'src/a.html': 'a' });
    fs.symlinkSync('gone', path.join(root, 'src/link'));
    expect(pathsOf(root, { t: 'src/*.html' })).toEqual(['t/a.html']);
  });
});
