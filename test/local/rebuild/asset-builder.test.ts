import * as fs from 'node:fs';
import * as path from 'node:path';
import { FILES, synth } from './support';
import * as findEsbuild from '../../../lib/languages/javascript/esbuild/find-esbuild';
import { SynthesizedApi, assetOf } from '../../../lib/local/assembly/synthesized-api';
import { AssetBuilder } from '../../../lib/local/rebuild/asset-builder';
import { newApp } from '../../support/app';
import { listFiles, project, scratch, writeFiles } from '../../support/project';

const PROPS = () => ({
  bundling: { alias: { fake: './src/real.ts' }, files: { templates: 'templates', more: 'more/*.txt' }, minify: false },
});

const open: AssetBuilder[] = [];
afterEach(async () => { await Promise.all(open.splice(0).map((builder) => builder.dispose())); });

function start(files: { readonly [file: string]: string } = {}) {
  const directory = project({ ...FILES, 'more/a.txt': 'a', ...files }, 'a project');
  // The builder uses the TypeScript in the node_modules of the project.
  fs.symlinkSync(path.join(__dirname, '../../../node_modules'), path.join(directory, 'node_modules'));
  const again = () => synth(directory, PROPS, newApp());
  const api = again();
  const builder = new AssetBuilder(api);
  open.push(builder);
  const watched = () => builder.inputs.filter((file) => fs.existsSync(file)).map((file) => path.relative(directory, file));
  return { directory, api, builder, again, watched };
}

const contentsOf = (directory: string) => listFiles(directory).map((file) => [file, fs.readFileSync(path.join(directory, file), 'utf8')]);

/** The files of the synthesized asset. Its manifest has no kinds of routers, because verification is off. */
const assetContents = (api: SynthesizedApi) => contentsOf(assetOf(api));

const CHANGES: ReadonlyArray<[string, { readonly [file: string]: string }]> = [
  ['a router', { 'src/routers/orders.ts': 'export const handler = async () => ({ statusCode: 200, body: "new" });' }],
  ['a file that routers share', { 'src/shared.ts': 'export const shared = (text: string) => `new ${text} ${"y".repeat(2000)}`;' }],
  ['the imports of a router', { 'src/added.ts': 'export const added = "added";', 'src/routers/orders.ts': 'import { added } from "../added"; export const handler = async () => ({ statusCode: 200, body: added });' }],
  ['tsconfig.json', { 'tsconfig.json': '{ "compilerOptions": { "useDefineForClassFields": false, "target": "ES2020" } }', 'src/routers/orders.ts': 'class A { x; } export const handler = async () => ({ statusCode: 200, body: String(new A().x) });' }],
  ['a file of bundling.files', { 'templates/mail.txt': 'goodbye', 'more/b.txt': 'b' }],
];

test.each(CHANGES)('after a change to %s, the rebuilt asset is the same as that of synthesis, byte for byte', async (_, change) => {
  const { directory, builder, again } = start();
  await builder.build();
  writeFiles(directory, change);
  const { asset } = await builder.build();
  expect(contentsOf(asset!.directory)).toEqual(assetContents(again()));
  asset!.close();
  expect(fs.existsSync(asset!.directory)).toBe(false);
});

(process.platform === 'win32' ? test.skip : test)('a project behind a symbolic link is rebuilt as synthesis builds it', async () => {
  const { directory } = start();
  const link = path.join(scratch(), 'a link');
  fs.symlinkSync(directory, link);
  const again = () => synth(link, PROPS, newApp());
  const builder = new AssetBuilder(again());
  open.push(builder);
  expect((await builder.build()).asset).toBeUndefined();
  writeFiles(link, CHANGES[0][1]);
  const { asset } = await builder.build();
  expect(contentsOf(asset!.directory)).toEqual(assetContents(again()));
  const watched = builder.inputs.map((file) => fs.existsSync(file) && fs.realpathSync(file));
  expect(watched).toContain(path.join(directory, 'src/routers/orders.ts'));
  asset!.close();
});

test('decorators keep their metadata, as in synthesis', async () => {
  const router = (name: string) => `function inject(target: object) { return target as never; }
    class Store {}
    @inject class App { constructor(readonly ${name}: Store) {} }
    export const handler = async () => ({ statusCode: 200, body: String(App) });`;
  const { directory, builder, again } = start({
    'tsconfig.json': '{ "compilerOptions": { "experimentalDecorators": true, "emitDecoratorMetadata": true } }', 'src/routers/orders.ts': router('first'),
  });
  writeFiles(directory, { 'src/routers/orders.ts': router('second') });
  const { asset } = await builder.build();
  expect(JSON.stringify(contentsOf(asset!.directory))).toContain('design:paramtypes');
  expect(contentsOf(asset!.directory)).toEqual(assetContents(again()));
  asset!.close();
});

test('a build does not write code that has not changed', async () => {
  const { directory, builder } = start();
  expect((await builder.build()).asset).toBeUndefined();
  writeFiles(directory, { 'src/real.ts': 'export const name = "other";' });
  const { asset } = await builder.build();
  expect(asset).toBeDefined();
  writeFiles(directory, { 'src/real.ts': '// A comment.\nexport const name = "other";' });
  expect((await builder.build()).asset).toBeUndefined();
  asset!.close();
});

test('the builder watches sources, directories of routers, configuration files, and files of the asset', async () => {
  const { builder, watched } = start({ 'tsconfig.json': '{ "extends": "./config/base.json" }', 'config/base.json': '{}' });
  await builder.build();
  expect([...new Set(watched())].sort()).toEqual([
    'config/base.json', 'more', 'package-lock.json', 'package.json', 'src/real.ts', 'src/routers', 'src/routers/orders.ts', 'src/routers/users.ts', 'src/shared.ts',
    'templates', 'tsconfig.json',
  ]);
});

test('a build fails with the error of synthesis, with file, line, and excerpt, and succeeds when the error is fixed', async () => {
  const { directory, builder } = start();
  writeFiles(directory, { 'src/routers/orders.ts': 'export const handler = async () => {\n  return (;\n};' });
  await expect(builder.build()).rejects.toThrow(/the routers do not compile\n\n[^]*src\/routers\/orders\.ts:2:10[^]*return \(;/);
  writeFiles(directory, FILES);
  expect((await builder.build()).asset).toBeUndefined();
});

test('the builder watches for a missing file that a router imports', async () => {
  const { directory, builder } = start();
  writeFiles(directory, { 'src/routers/orders.ts': 'import { x } from "../lib/missing"; export const handler = async () => x;' });
  await expect(builder.build()).rejects.toThrow('Could not resolve "../lib/missing"');
  expect(builder.inputs).toContain(path.join(directory, 'src/lib/missing'));
});

test('a build fails with the error of synthesis if the file of a router is deleted, and succeeds when it is back', async () => {
  const { directory, builder } = start();
  fs.rmSync(path.join(directory, 'src/routers/orders.ts'));
  await expect(builder.build()).rejects.toThrow(/src\/routers\/orders\.ts: entry must be an existing file/);
  writeFiles(directory, FILES);
  expect((await builder.build()).asset).toBeUndefined();
});

test('a new router and new dependencies need synthesis', async () => {
  const { directory, builder } = start();
  await builder.build();
  expect(builder.needsSynthesis([path.join(directory, 'src/shared.ts')])).toEqual([]);
  writeFiles(directory, { 'src/routers/_helper.ts': '', 'src/routers/labs.ts': FILES['src/routers/orders.ts'], 'src/routers/labs.test.ts': '' });
  expect(builder.needsSynthesis([path.join(directory, 'package-lock.json')])).toEqual([
    'package-lock.json has changed', `${path.join('src/routers/labs.ts')} is a new router`,
  ]);
});

test('a build fails if the project has no esbuild, and succeeds when esbuild is back', async () => {
  const { directory, builder } = start();
  const modules = path.join(directory, 'node_modules');
  fs.rmSync(modules);
  // Simulates a machine where no other esbuild runs either.
  const find = jest.spyOn(findEsbuild, 'findEsbuild').mockImplementationOnce((lookup) => findEsbuild.withEsbuild(lookup, () => { throw new Error(); }, []));
  await expect(builder.build()).rejects.toMatchObject({ code: 'ESBUILD_MISSING', message: expect.stringContaining('run "npm install --save-dev esbuild" there') });
  expect(find).toHaveBeenCalledTimes(1);
  writeFiles(directory, { 'src/real.ts': 'export const name = "other";' });
  const { asset } = await builder.build();
  expect(JSON.stringify(contentsOf(asset!.directory))).toContain('other');
  asset!.close();
});

test('an assembly without its project has no sources', () => {
  const { directory, api } = start();
  fs.renameSync(directory, `${directory} elsewhere`);
  expect(new AssetBuilder(api).hasSources).toBe(false);
});
