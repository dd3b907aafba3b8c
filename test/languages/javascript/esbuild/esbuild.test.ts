import { execFileSync } from 'child_process';
import { SourceMap, SourceMapPayload } from 'module';
import * as path from 'path';
import { BundlingOptions } from '../../../../lib/languages/javascript/bundling-options';
import { Routers } from '../../../../lib/languages/javascript/routers';
import { writeFiles } from '../../../../lib/private/write-files';
import { assembleAsset, Asset } from '../../../../lib/routers/asset/asset';
import { buildOf, javaScript } from '../../../support/code';
import { handlerSource, project, scratch } from '../../../support/project';

function build(files: { readonly [file: string]: string }, options: BundlingOptions = {}) {
  const root = project(files);
  const built = buildOf(javaScript(Routers.fromDirectory(path.join(root, 'src/routers')), options));
  return { ...assembleAsset(built, new Map()), externals: built.built.externals };
}

function text(built: ReturnType<typeof build>, file: string): string {
  const found = built.files.find(({ path: other }) => other === file);
  if (!found) throw new Error(`no ${file} in ${built.files.map((f) => f.path).join(', ')}`);
  return Buffer.from(found.contents).toString();
}

function load(built: Asset, file: string): unknown {
  const directory = scratch();
  writeFiles(built.files, directory);
  const script = 'const m = await import(process.argv[1]); console.log(JSON.stringify(await (m.default ?? m.handler)()));';
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', script, path.join(directory, file)], { encoding: 'utf8' }));
}

const FS_USER = 'const fs = require("fs"); module.exports = { here: () => [typeof fs.existsSync, fs.existsSync(__filename), require("path").basename(__dirname)] };';

describe('a chunk', () => {
  test('shared by two routers exists once', () => {
    const built = build({
      'src/routers/a.ts': 'import { x } from "../shared"; export const handler = async () => x();',
      'src/routers/b.ts': 'import { x } from "../shared"; export const handler = async () => x();',
      'src/shared.ts': 'export const x = () => "SHARED CODE";',
    });
    const withCode = built.files.filter(({ contents }) => Buffer.from(contents).toString().includes('SHARED CODE'));
    expect(withCode.map(({ path: file }) => file)).toEqual([expect.stringMatching(/^shared\//)]);
    expect(built.manifest.sharedChunks).toEqual([expect.objectContaining({ routers: ['/a', '/b'], contents: ['src/shared.ts'] })]);
  });

  test('of CommonJS code has require, __filename, and __dirname', () => {
    const built = build({
      'src/routers/a.ts': 'import dep from "../dep.cjs"; export const handler = async () => dep.here();',
      'src/routers/b.ts': 'import dep from "../dep.cjs"; export const handler = async () => dep.here();',
      'src/dep.cjs': FS_USER,
    });
    expect(load(built, 'routers/a.mjs')).toEqual(['function', true, 'shared']);
  });

  test.each([true, false])('can have sources that declare these names themselves (minify: %p)', (minify) => {
    const built = build({
      'src/routers/a.ts': `
        import { createRequire } from 'node:module';
        import * as path from 'node:path';
        import { fileURLToPath } from 'node:url';
        import dep from '../dep.cjs';
        const require = createRequire(import.meta.url);
        const __filename = fileURLToPath(import.meta.url);
        const __dirname = path.dirname(__filename);
        export const handler = async () => [path.basename(__filename), path.basename(__dirname), typeof require('fs'), ...dep.here()];`,
      'src/dep.cjs': FS_USER,
    }, { minify });
    expect(load(built, 'routers/a.mjs')).toEqual(['a.mjs', 'routers', 'object', 'function', true, 'routers']);
  });
});

describe('options', () => {
  const sources = { 'src/routers/a.ts': 'import q from "../q.sql"; declare const STAGE: string; export const handler = async function named() { return [STAGE, q]; };', 'src/q.sql': 'select 1' };
  const common: BundlingOptions = { define: { STAGE: '"prod"' }, loader: { '.sql': 'text' } };

  test('define replaces constants, and loader sets how files are imported', () => {
    expect(load(build(sources, common), 'routers/a.mjs')).toEqual(['prod', 'select 1']);
  });

  test('minify is on by default', () => {
    expect(text(build(sources, common), 'routers/a.mjs')).not.toContain('// src/');
    expect(text(build(sources, { ...common, minify: false }), 'routers/a.mjs')).toContain('// src/routers/a.ts');
  });

  test('source maps are off by default, and belong to their files if they are on', () => {
    expect(build(sources, common).files.filter(({ path: file }) => file.endsWith('.map'))).toEqual([]);
    const built = build(sources, { ...common, sourceMap: true });
    expect(built.files.map(({ path: file }) => file)).toEqual([
      'fetch.mjs', 'fetch.mjs.map', 'index.mjs', 'listener.mjs', 'listener.mjs.map', 'main.mjs', 'main.mjs.map', 'manifest.json', 'recovery.mjs', 'recovery.mjs.map', 'routers/a.mjs', 'routers/a.mjs.map',
    ]);
    expect(text(built, 'main.mjs')).toContain('sourceMappingURL=main.mjs.map');
    expect(JSON.parse(text(built, 'routers/a.mjs.map')).sources).toContain('../../src/routers/a.ts');
  });

  test('the target is the function\'s runtime by default', () => {
    const optional = { 'src/routers/a.ts': 'export const handler = async (event: any) => event?.body ?? "";' };
    expect(text(build(optional), 'routers/a.mjs')).toContain('?.body');
    expect(text(build(optional, { target: 'es2020' }), 'routers/a.mjs')).toContain('?.body');
    expect(text(build({ 'src/routers/a.ts': 'export const handler = async (o: any) => { o.x ||= 1; return o; };' }, { target: 'es2020' }), 'routers/a.mjs')).not.toContain('||=');
  });

  test('external modules stay imports, and the build lists them', () => {
    const built = build({ 'src/routers/a.ts': 'import { x } from "from-a-layer/sub"; import * as fs from "node:fs"; export const handler = async () => x(fs);' }, { externalModules: ['from-a-layer'] });
    expect(text(built, 'routers/a.mjs')).toContain('from"from-a-layer/sub"');
    expect(built.externals).toEqual(['from-a-layer/sub']);
  });

  test('a banner comes after the library\'s own banner, which is only in files that use it', () => {
    expect(text(build(sources, { ...common, banner: 'globalThis.fs = require("fs");' }), 'routers/a.mjs')).toMatch(/^import{createRequire[^\n]*\nglobalThis\.fs = require/);
    expect(text(build(sources, { ...common, banner: '/* (c) us */' }), 'routers/a.mjs')).toMatch(/^\n\/\* \(c\) us \*\//);
    const { manifest, files } = build({ ...sources, 'src/routers/b.ts': 'export const handler = async () => require("fs");' }, common);
    expect(files.filter(({ contents }) => Buffer.from(contents).includes('createRequire')).map(({ path: file }) => file)).toEqual([expect.stringMatching(/^shared\//)]);
    for (const { file, bytes } of manifest.routers) expect([file, bytes]).toEqual([file, files.find(({ path: other }) => other === file)!.contents.length]);
  });

  test.each([{}, { banner: '/* (c) us */' }])('source maps are correct in files with and without the library\'s own banner: %p', (options) => {
    const thrower = (uses: string) => `${uses}\n\nexport const handler = async () => {\n  throw new Error(String(uses));\n};\n`;
    const built = build({ 'src/routers/a.ts': thrower('const uses = 1;'), 'src/routers/b.ts': thrower('const uses = require("fs");') }, { ...options, sourceMap: true });
    for (const router of ['a', 'b']) {
      const code = text(built, `routers/${router}.mjs`).split('\n');
      const line = code.findIndex((of) => of.includes('throw'));
      const map = new SourceMap(JSON.parse(text(built, `routers/${router}.mjs.map`)) as SourceMapPayload);
      expect(map.findEntry(line, code[line].indexOf('throw'))).toMatchObject({ originalSource: `../../src/routers/${router}.ts`, originalLine: 3 });
    }
  });

  const dual = {
    'src/routers/a.ts': 'import { kind } from "dual"; export const handler = async () => kind;',
    'node_modules/dual/package.json': '{ "name": "dual", "module": "m.mjs", "main": "c.cjs", "exports": { "custom": "./custom.mjs", "default": "./m.mjs" } }',
    'node_modules/dual/m.mjs': 'export const kind = "module";',
    'node_modules/dual/c.cjs': 'exports.kind = "main";',
    'node_modules/dual/custom.mjs': 'export const kind = "custom";',
  };

  test('conditions select from the exports of a package', () => {
    expect(load(build(dual), 'routers/a.mjs')).toBe('module');
    expect(load(build(dual, { conditions: ['custom'] }), 'routers/a.mjs')).toBe('custom');
  });

  test('mainFields select the main module of a package', () => {
    const plain = { ...dual, 'node_modules/dual/package.json': '{ "name": "dual", "module": "m.mjs", "main": "c.cjs" }' };
    expect(load(build(plain), 'routers/a.mjs')).toBe('module');
    expect(load(build(plain, { mainFields: ['main'] }), 'routers/a.mjs')).toBe('main');
  });

  test('alias replaces a package with another package or a file', () => {
    const root = project({
      'src/routers/a.ts': 'import { kind } from "dual"; import { file } from "virtual"; export const handler = async () => [kind, file];',
      'node_modules/other/index.js': 'export const kind = "other";',
      'src/file.ts': 'export const file = "by path";',
    });
    const alias = { dual: 'other', virtual: `./${path.relative(process.cwd(), path.join(root, 'src/file.ts'))}` };
    const code = javaScript(Routers.fromDirectory(path.join(root, 'src/routers')), { alias });
    expect(load(assembleAsset(buildOf(code), new Map()), 'routers/a.mjs')).toEqual(['other', 'by path']);
  });

  test('inject replaces global variables with one chunk that all others share', () => {
    const root = project({
      'src/routers/a.ts': 'declare const VERSION: string; export const handler = async () => VERSION;',
      'src/routers/b.ts': handlerSource('b'),
      'src/version.ts': 'export const VERSION = "injected";',
    });
    const code = javaScript(Routers.fromDirectory(path.join(root, 'src/routers')), { inject: [path.join(root, 'src/version.ts')] });
    const asset = assembleAsset(buildOf(code), new Map());
    expect(load(asset, 'routers/a.mjs')).toBe('injected');
    expect(asset.manifest.sharedChunks).toEqual([expect.objectContaining({ routers: ['/a', '/b'], contents: ['src/version.ts'] })]);
  });

  test('drop removes statements', () => {
    const source = { 'src/routers/a.ts': 'export const handler = async () => { console.log("noise"); debugger; return "quiet"; };' };
    const code = text(build(source, { drop: ['console', 'debugger'] }), 'routers/a.mjs');
    expect(code).not.toMatch(/noise|debugger/);
  });

  test('supported replaces single syntax features', () => {
    const source = { 'src/routers/a.ts': 'export const handler = async (o?: { x: number }) => o?.x ?? null;' };
    expect(text(build(source, { supported: { 'optional-chain': false } }), 'routers/a.mjs')).not.toContain('?.');
  });

  test('tsconfig applies to all files', () => {
    const root = project({
      'src/routers/a.ts': 'import { x } from "@lib/x"; export const handler = async () => x;',
      'src/lib/x.ts': 'export const x = "by path";',
      'config/tsconfig.json': '{ "compilerOptions": { "paths": { "@lib/*": ["../src/lib/*"] } } }',
    });
    const code = javaScript(Routers.fromDirectory(path.join(root, 'src/routers')), { tsconfig: path.join(root, 'config/tsconfig.json') });
    expect(load(assembleAsset(buildOf(code), new Map()), 'routers/a.mjs')).toBe('by path');
  });
});

describe('the build of a router', () => {
  test('fails with esbuild\'s message, which contains file, line, and excerpt once', () => {
    let message = '';
    try {
      build({ 'src/routers/a.ts': 'export const ok = 1;\nexport const handler = async () => {\n  return nothing(;\n};\n', 'src/routers/b.ts': handlerSource('b') });
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toMatch(/the routers do not compile\n\n.*\[ERROR\] Unexpected ";"\n\n {4}src\/routers\/a\.ts:3:17:\n {6}3 │   return nothing\(;\n/);
    expect(message.match(/\[ERROR\]/g)).toHaveLength(1);
  });

  test('fails if an import path does not exist', () => {
    expect(() => build({ 'src/routers/a.ts': 'import { x } from "../wrong/path"; export const handler = async () => x;' })).toThrow(/Could not resolve "\.\.\/wrong\/path"[^]*src\/routers\/a\.ts:1:18[^]*Check the path, which is relative to src\/routers\/a\.ts$/);
  });

  test('fails if a package is not installed, without the advice to leave it out', () => {
    const source = { 'src/routers/a.ts': 'import { x } from "left-pad"; export const handler = async () => x;' };
    expect(() => build(source)).toThrow(/Could not resolve "left-pad"[^]*Check that it is a dependency of the project and that it is installed\./);
    expect(() => build(source)).not.toThrow(/as external/);
  });

  test('fails if an optional dependency of a package is missing, with the option that leaves it out', () => {
    const files = {
      'src/routers/a.ts': 'import { open } from "orm"; export const handler = async () => open("pg");',
      'node_modules/orm/index.js': 'exports.open = (name) => name === "pg" ? 1 : require("oracledb/thin");',
    };
    expect(() => build(files)).toThrow(/Could not resolve "oracledb\/thin"[^]*If orm works without it, leave it out of the bundle: bundling\.externalModules: \["oracledb\/thin"\]/);
    expect(load(build(files, { externalModules: ['oracledb/thin'] }), 'routers/a.mjs')).toBe(1);
  });

  test.each([
    ['exports something else', 'export const router = 1;', 'got only router'],
    ['exports nothing', 'console.log("hello");', 'got no exports'],
  ])('fails if it provably %s', (_, source, got) => {
    expect(() => build({ 'src/routers/a.ts': source })).toThrow(expect.objectContaining({
      code: 'ROUTER_EXPORT_MISSING',
      message: expect.stringMatching(new RegExp(`"/a" \\(src/routers/a\\.ts\\) must have a default export or an export named "handler" or "listener", ${got}`)),
    }));
  });

  test.each([
    ['CommonJS', 'a.cjs', 'exports.handler = async () => 1;'],
    ['a re-export of a module that is not bundled', 'a.ts', 'export * from "external";'],
    ['a re-export of a bundled module', 'a.ts', 'export { default } from "../impl";'],
  ])('does not fail if only verification can prove an error: %s', (_, file, source) => {
    expect(() => build({ [`src/routers/${file}`]: source, 'src/impl.ts': 'export default async () => 1;' }, { externalModules: ['external'] })).not.toThrow();
  });
});

test.each<[BundlingOptions, RegExp]>([
  [{ supported: { nonsense: true } }, /"nonsense" is not a valid feature name for the "supported" setting/],
  [{ target: 'nod24' }, /esbuild rejects an option: Invalid target "nod24"/],
  [{ conditions: ['a,b'] }, /^bundling: esbuild rejects an option: Invalid condition: a,b$/],
  [{ banner: 'const = ;' }, /^bundling\.banner must be JavaScript that can start an ES module, got "const = ;": Expected identifier but found "="$/],
  [{ banner: '/* (c) us' }, /^bundling\.banner must be .*: Expected "\*\/" to terminate multi-line comment$/],
  [{ banner: 'return;' }, /^bundling\.banner must be .*: Top-level return cannot be used inside an ECMAScript module$/],
])('an option that esbuild refuses causes a library error: %j', (options, message) => {
  expect(() => build({ 'src/routers/a.ts': handlerSource('a') }, options)).toThrow(expect.objectContaining({ code: 'BUNDLING_OPTION', message: expect.stringMatching(message) }));
});

test('routers can have the names of generated files', () => {
  const built = build({ 'src/routers/stdin.ts': handlerSource('a'), 'src/routers/users-stdin.ts': handlerSource('b') });
  expect(built.files.map(({ path: file }) => file)).toEqual(expect.arrayContaining(['main.mjs', 'routers/stdin.mjs', 'routers/users-stdin.mjs']));
});

test('the copy loader adds a file to the asset', () => {
  const built = build({ 'src/routers/a.ts': 'import file from "../native.node"; export const handler = async () => file;', 'src/native.node': 'binary' }, { loader: { '.node': 'copy' } });
  expect(built.files.map(({ path: file }) => file)).toContainEqual(expect.stringMatching(/^assets\/native-\w+\.node$/));
});

test('keepNames keeps the names of classes in minified code', () => {
  const source = { 'src/routers/a.ts': 'class UserEntity {} export const handler = async () => UserEntity.name;' };
  expect(load(build(source), 'routers/a.mjs')).not.toBe('UserEntity');
  expect(load(build(source, { keepNames: true }), 'routers/a.mjs')).toBe('UserEntity');
});
