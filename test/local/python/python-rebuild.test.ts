import * as fs from 'node:fs';
import * as path from 'node:path';
import { FILES, handler, PYTHON, pythonProject, synthPython } from './support';
import { INDEX_FILE, renderIndex } from '../../../lib/languages/python/entry-source';
import * as observe from '../../../lib/languages/python/modules/observe';
import { findApis } from '../../../lib/local/assembly/find-apis';
import { assetOf, SynthesizedApi } from '../../../lib/local/assembly/synthesized-api';
import { AssetBuilder } from '../../../lib/local/rebuild/asset-builder';
import { listFiles, writeFiles } from '../../support/project';

const contentsOf = (directory: string) => Object.fromEntries(listFiles(directory).map((file) => [file, fs.readFileSync(path.join(directory, file)).toString('base64')]));

const { root, wheels } = pythonProject({ '.venv/pyvenv.cfg': '', '.venv/lib/module.py': '' });
let api: SynthesizedApi;
let builder: AssetBuilder;
beforeAll(() => { [api] = findApis(synthPython(root)); });
beforeEach(() => {
  writeFiles(root, FILES);
  builder = new AssetBuilder(api);
});

test('unchanged sources need no new asset', async () => {
  expect(await builder.build()).toEqual({ warnings: [] });
});

test('a changed module is in the next asset as synthesis builds it, without running any of the code', async () => {
  const observed = jest.spyOn(observe, 'observeImports');
  writeFiles(root, { 'api/users.py': FILES['api/users.py'].replace('first', 'other'), 'templates/mail.txt': 'goodbye' });
  const { asset } = await builder.build();
  expect(observed).not.toHaveBeenCalled();
  const synthesized = contentsOf(assetOf(findApis(synthPython(root))[0]));
  const rebuilt = contentsOf(asset!.directory);
  expect(Object.keys(rebuilt)).toEqual(expect.arrayContaining(['templates/mail.txt', `api/__pycache__/users.cpython-${PYTHON.version.replace('.', '')}.pyc`]));
  expect(rebuilt).toEqual(Object.fromEntries(Object.keys(rebuilt).map((file) => [file, synthesized[file]])));
  expect(fs.existsSync(path.join(asset!.packages!, 'greeting.py'))).toBe(true);
  asset!.close();
  expect(fs.existsSync(asset!.directory)).toBe(false);
});

test('a module that does not compile is an error with its file and line, and so is a router that is gone', async () => {
  writeFiles(root, { 'api/users.py': '\nclass\n', 'shared.py': 'x = (' });
  await expect(builder.build()).rejects.toThrow(/^2 modules do not compile:\napi\/users\.py:2: invalid syntax\nshared\.py:1: '\(' was never closed$/);
  writeFiles(root, { 'api/users.py': handler('"x"'), 'shared.py': 'VALUE = 1\n' });
  fs.rmSync(path.join(root, 'api/orders.py'));
  await expect(builder.build()).rejects.toThrow(/api\/orders\.py must name a module in entry, got "api\.orders:router"/);
});

test('a module that is deleted is not in the next asset', async () => {
  writeFiles(root, { 'added.py': '' });
  const first = await builder.build();
  fs.rmSync(path.join(root, 'added.py'));
  const second = await builder.build();
  expect([first, second].map(({ asset }) => fs.existsSync(path.join(asset!.directory, 'added.py')))).toEqual([true, false]);
  for (const { asset } of [first, second]) asset!.close();
});

test('the first change is in the next asset, also if it only deletes a module or changes the lock file', async () => {
  expect((await builder.build()).asset).toBeUndefined();
  fs.rmSync(path.join(root, 'templates/mail.txt'));
  const { asset: shorter } = await builder.build();
  expect(listFiles(shorter!.directory)).not.toContain('templates/mail.txt');
  shorter!.close();

  writeFiles(root, FILES);
  const other = new AssetBuilder(api);
  expect((await other.build()).asset).toBeUndefined();
  const lock = fs.readFileSync(path.join(root, 'requirements.txt'), 'utf8');
  writeFiles(root, { 'requirements.txt': wheels.lock(wheels.publish('greeting', { 'greeting.py': 'TEXT = "hi"\n' }, { version: '2.0.0' })) });
  const { asset } = await other.build();
  expect(fs.readFileSync(path.join(asset!.packages!, 'greeting.py'), 'utf8')).toBe('TEXT = "hi"\n');
  asset!.close();
  writeFiles(root, { 'requirements.txt': lock });
});

test('a changed asset does not have the names of routes that synthesis found, because a save can add routes', async () => {
  const index = path.join(assetOf(api), INDEX_FILE);
  const synthesized = fs.readFileSync(index);
  const init = { modules: ['api.users'], routers: [], asgi: true };
  fs.writeFileSync(index, renderIndex({ ...init, names: { '/api/orders': ['read_order', '},'], '/api/users': [] } }));
  expect((await builder.build()).asset).toBeUndefined();
  writeFiles(root, { 'shared.py': 'VALUE = 2\n' });
  const { asset } = await builder.build();
  expect(fs.readFileSync(path.join(asset!.directory, INDEX_FILE), 'utf8')).toBe(renderIndex({ ...init, names: {} }));
  asset!.close();
  fs.writeFileSync(index, synthesized);
});

test('the sources, the lock file, and files that may become one are watched', () => {
  const watched = builder.inputs.map((file) => path.relative(root, file));
  expect(watched).toEqual(expect.arrayContaining(['', 'requirements.txt', 'uv.lock', 'pyproject.toml']));
  expect(builder.needsSynthesis([])).toEqual([]);
  writeFiles(root, { 'api/added.py': handler('1') });
  expect(builder.needsSynthesis([])).toEqual(['api/added.py is a new router']);
});
