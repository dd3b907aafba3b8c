import * as path from 'path';
import { findLock } from '../../../../lib/languages/python/dependencies/lock/find-lock';
import { scratch, writeFiles } from '../../../support/project';

const FASTAPI = '[project]\nname = "app"\ndependencies = [\n  # the framework\n  "fastapi[standard]>=0.115",\n]\n';

function find(files: { readonly [file: string]: string }, entry = '.') {
  const root = scratch();
  writeFiles(root, { ...files, [path.join(entry, 'main.py')]: '' });
  return () => {
    const lock = findLock(path.join(root, entry), root);
    return lock && [lock.tool.title, path.relative(root, lock.directory) || '.', path.relative(root, lock.projectDirectory) || '.'];
  };
}

test.each([
  ['uv', 'uv.lock'], ['Poetry', 'poetry.lock'], ['Pipenv', 'Pipfile.lock'], ['pip', 'requirements.txt'],
])('the lock file of %s is found next to the application', (title, file) => {
  expect(find({ [file]: '' })()).toEqual([title, '.', '.']);
});

test('the lock file of a tool precedes requirements.txt', () => {
  expect(find({ 'poetry.lock': '', 'requirements.txt': 'exported' })()).toEqual(['Poetry', '.', '.']);
});

test('the nearest lock file counts, and in a workspace of uv the project below it', () => {
  expect(find({ 'uv.lock': '', 'pyproject.toml': FASTAPI, 'api/pyproject.toml': FASTAPI }, 'api/src')()).toEqual(['uv', '.', 'api']);
  expect(find({ 'uv.lock': '', 'api/requirements.txt': '' }, 'api/src')()).toEqual(['pip', 'api', 'api']);
});

test.each<[string, { readonly [file: string]: string }]>([
  ['that has no file of packages', {}],
  ['whose pyproject.toml configures tools alone', { 'pyproject.toml': '[tool.ruff]\nline-length = 120\n\n[tool.ruff.lint]\ndependencies = ["x"]\n' }],
  ['whose project has no dependencies', { 'pyproject.toml': '[project]\nname = "app"\ndependencies = []\n\n[dependency-groups]\ndev = ["pytest"]\n' }],
  ['of Poetry that needs Python alone', { 'pyproject.toml': '[tool.poetry.dependencies]\npython = "^3.13"\n' }],
])('an application %s needs no lock file', (_, files) => {
  expect(find(files)()).toBeUndefined();
});

test.each<[string, { readonly [file: string]: string }, RegExp]>([
  ['pyproject.toml', { 'pyproject.toml': FASTAPI }, /pyproject\.toml must have a lock file next to it, so that every machine installs the same, got none; run uv lock in /],
  ['pyproject.toml of Poetry', { 'pyproject.toml': '[tool.poetry.dependencies]\npython = "^3.13"\nfastapi = "^0.115"\n' }, /got none; run poetry lock in /],
  ['pyproject.toml of PDM', { 'pyproject.toml': `${FASTAPI}\n[tool.pdm]\n` }, /run pdm lock and pdm export --without dev -o requirements\.txt in /],
  ['Pipfile', { Pipfile: '[packages]\nfastapi = "*"\n' }, /Pipfile must have a lock file next to it, .*; run pipenv lock in /],
])('%s alone is refused with the command that locks it', (_, files, message) => {
  expect(find(files)).toThrow(expect.objectContaining({ code: 'PYTHON_LOCK', message: expect.stringMatching(message) as string }));
});

test('two lock files in one directory are an error', () => {
  expect(find({ 'uv.lock': '', 'poetry.lock': '' })).toThrow(/must have one lock file, got uv\.lock and poetry\.lock; remove the one that you do not use/);
});

test('a lock file of another tool is refused with the command that makes one that works', () => {
  expect(find({ 'pdm.lock': '' })).toThrow(/must have uv\.lock, poetry\.lock, Pipfile\.lock, or requirements\.txt, got pdm\.lock; run pdm export --without dev -o requirements\.txt/);
});
