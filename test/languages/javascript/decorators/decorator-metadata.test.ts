import { execFileSync } from 'child_process';
import * as fs from 'fs';
import { SourceMap, SourceMapPayload } from 'module';
import * as path from 'path';
import { BundlingOptions } from '../../../../lib/languages/javascript/bundling-options';
import { Routers } from '../../../../lib/languages/javascript/routers';
import { writeFiles } from '../../../../lib/private/write-files';
import { assembleAsset, Asset } from '../../../../lib/routers/asset/asset';
import { buildOf, javaScript } from '../../../support/code';
import { handlerSource, project, scratch } from '../../../support/project';

/** A minimal dependency injection container. It reads the metadata of a constructor, and creates an instance of each parameter type. */
const CONTAINER = `
  const types = new WeakMap<object, unknown[]>();
  (Reflect as any).metadata = (key: string, value: unknown[]) => (target: object) => { if (key === 'design:paramtypes') types.set(target, value); };
  export const injectable = (): ClassDecorator => () => {};
  export const typesOf = (target: object) => (types.get(target) ?? ['none']).map((type: any) => type.name ?? type);
  export const create = (target: any): any => new target(...(types.get(target) ?? []).map((type: any) => (type === Object ? {} : create(type))));`;

/** The router uses the service only as a type, so esbuild alone removes the import. */
const ROUTER = `
  import { create, injectable, typesOf } from '../container';
  import { Options, Service } from '../service';

  @injectable()
  class Users {
    constructor(private readonly service: Service, readonly options: Options) {}
    public answer() { return this.service.greeting(); }
  }

  export const handler = async () => [create(Users).answer(), typesOf(Users)];`;

const SERVICE = `
  import { injectable } from './container';
  import { Words } from './words';

  export interface Options { readonly a?: string }

  @injectable()
  export class Service {
    constructor(private readonly words: Words) {}
    public greeting() { return this.words.hello; }
  }`;

const FILES = {
  'tsconfig.json': '{ "compilerOptions": { "experimentalDecorators": true, "emitDecoratorMetadata": true } }',
  'src/container.ts': CONTAINER,
  'src/service.ts': SERVICE,
  'src/words.ts': 'export class Words { public readonly hello = "hello"; }',
  'src/routers/users.ts': ROUTER,
};

const WORKS = ['hello', ['Service', 'Object']];

function projectWith(files: { readonly [file: string]: string }, { typescript = true } = {}): string {
  const root = project({ 'node_modules/x': '', ...files });
  if (typescript) fs.symlinkSync(path.dirname(require.resolve('typescript/package.json')), path.join(root, 'node_modules/typescript'));
  return root;
}

function build(root: string, options: BundlingOptions = {}): Asset {
  const code = javaScript(Routers.fromDirectory(path.join(root, 'src/routers')), { keepNames: true, ...options });
  return assembleAsset(buildOf(code), new Map());
}

function answerOf(asset: Asset): unknown {
  const directory = scratch();
  writeFiles(asset.files, directory);
  const script = 'const { handler } = await import(process.argv[1]); console.log(JSON.stringify(await handler()));';
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', script, path.join(directory, 'routers/users.mjs')], { encoding: 'utf8' }));
}

test('dependency injection by constructor types works, although esbuild does not emit metadata', () => {
  expect(answerOf(build(projectWith(FILES)))).toEqual(WORKS);
});

test.each<[string, { readonly [file: string]: string }]>([
  ['with comments and trailing commas', { 'tsconfig.json': '\uFEFF// "x\n{ /* */ "compilerOptions": { "experimentalDecorators": true, "emitDecoratorMetadata": true, }, }' }],
  ['that extends another file', { 'tsconfig.json': '{ "extends": "./base" }', 'base.json': FILES['tsconfig.json'] }],
  ['that extends several files', { 'tsconfig.json': '{ "extends": ["./base.json", "./other.json"] }', 'base.json': FILES['tsconfig.json'], 'other.json': '{}' }],
  ['that extends a package', { 'tsconfig.json': '{ "extends": "@own/config" }', 'node_modules/@own/config/tsconfig.json': FILES['tsconfig.json'], 'node_modules/@own/config/package.json': '{}' }],
  ['in a directory nearer to the sources', { 'tsconfig.json': '{}', 'src/tsconfig.json': FILES['tsconfig.json'] }],
  ['for CommonJS, with strict checks and no output', { 'tsconfig.json': '{ "compilerOptions": { "experimentalDecorators": true, "emitDecoratorMetadata": true, "module": "commonjs", "noEmit": true, "composite": true, "strict": true, "isolatedModules": true, "noEmitOnError": true, "outDir": "out" } }' }],
])('tsconfig.json can be a file %s', (_, files) => {
  expect(answerOf(build(projectWith({ ...FILES, ...files })))).toEqual(WORKS);
});

test('bundling.tsconfig replaces the nearest tsconfig.json', () => {
  const root = projectWith({ ...FILES, 'tsconfig.json': '{}', 'config/own.json': FILES['tsconfig.json'] });
  expect(answerOf(build(root, { tsconfig: path.join(root, 'config/own.json') }))).toEqual(WORKS);
});

test.each<[string, string]>([
  ['the setting is off', '{ "compilerOptions": { "experimentalDecorators": true } }'],
  ['the setting is a comment', '{ "compilerOptions": { "experimentalDecorators": true /*, "emitDecoratorMetadata": true */ } }'],
  ['the setting is turned off again', '{ "extends": "./base.json", "compilerOptions": { "emitDecoratorMetadata": false } }'],
  ['the project uses ECMAScript decorators', '{ "compilerOptions": { "emitDecoratorMetadata": true } }'],
])('the project does not need typescript if %s', (_, tsconfig) => {
  const root = projectWith({ ...FILES, 'tsconfig.json': tsconfig, 'base.json': FILES['tsconfig.json'], 'src/routers/users.ts': handlerSource('users') }, { typescript: false });
  expect(answerOf(build(root))).toMatchObject({ body: 'users' });
});

test('a project without decorators does not need typescript, even if the setting is on', () => {
  const source = `/** @deprecated see {@link other}, a@b.example */\n${handlerSource('users')}`;
  expect(answerOf(build(projectWith({ ...FILES, 'src/routers/users.ts': source }, { typescript: false })))).toMatchObject({ body: 'users' });
});

test('without typescript, the error names the file, the setting, and the remedies', () => {
  expect(() => build(projectWith(FILES, { typescript: false }))).toThrow(expect.objectContaining({
    code: 'DECORATOR_METADATA',
    message: expect.stringMatching(/^src\/\S+\.ts has decorators, and tsconfig\.json sets emitDecoratorMetadata, which esbuild does not support: .* run "npm install --save-dev @typescript\/typescript6", or /),
  }));
});

test('the asset is the same in another directory, and contains the paths of the sources', () => {
  const [one, two] = [build(projectWith(FILES)), build(projectWith(FILES))];
  expect(one.digest).toBe(two.digest);
  expect(one.manifest.routers[0].entry).toBe('src/routers/users.ts');
  expect(Buffer.from(build(projectWith(FILES), { minify: false }).files.find((file) => file.path === 'routers/users.mjs')!.contents).toString()).toContain('// src/service.ts');
});

test('source maps point to the lines of the source', () => {
  const router = `${ROUTER}\n\nexport const thrower = () => {\n  throw new Error("x");\n};\n`;
  const { files } = build(projectWith({ ...FILES, 'src/routers/users.ts': router }), { sourceMap: true, minify: false });
  const textOf = (file: string) => Buffer.from(files.find((other) => other.path === file)!.contents).toString();
  const lines = textOf('routers/users.mjs').split('\n');
  const line = lines.findIndex((text) => text.includes('throw new'));
  const map = new SourceMap(JSON.parse(textOf('routers/users.mjs.map')) as SourceMapPayload);
  const expected = router.split('\n').findIndex((text) => text.includes('throw new'));
  expect(map.findEntry(line, lines[line].indexOf('throw'))).toMatchObject({ originalSource: '../../src/routers/users.ts', originalLine: expected });
});

test('TypeScript 6 can be installed next to a newer version, which has no compiler API', () => {
  const newer = { 'node_modules/typescript/package.json': '{ "exports": { ".": "./lib/version.cjs" } }', 'node_modules/typescript/lib/version.cjs': '' };
  const root = projectWith({ ...FILES, ...newer, 'node_modules/@typescript/x': '' }, { typescript: false });
  fs.symlinkSync(path.dirname(require.resolve('typescript/package.json')), path.join(root, 'node_modules/@typescript/typescript6'));
  expect(answerOf(build(root))).toEqual(WORKS);
});

test.each([['ES2020', 'set'], ['ES2022', null]])('class fields match those of tsc for the target %s in tsconfig.json', (target, expected) => {
  const router = `
    import { injectable } from '../container';
    const field = (): PropertyDecorator => () => {};
    class Base { constructor() { (this as any).x = 'set'; } }
    @injectable()
    class Users extends Base { @field() x!: string; }
    export const handler = async () => new Users().x ?? null;`;
  const tsconfig = FILES['tsconfig.json'].replace('{ "exp', `{ "target": "${target}", "exp`);
  expect(answerOf(build(projectWith({ ...FILES, 'tsconfig.json': tsconfig, 'src/routers/users.ts': router })))).toBe(expected);
});

test('a syntax error causes an esbuild error with file and line', () => {
  const broken = { ...FILES, 'src/words.ts': 'export class Words { public readonly hello = ; }' };
  expect(() => build(projectWith(broken))).toThrow(expect.objectContaining({ code: 'BUNDLING_FAILED', message: expect.stringMatching(/src\/words\.ts:1:45/) }));
});

test('inject loads a polyfill before all code that needs it', () => {
  const needsPolyfill = 'if (!Reflect.polyfilled) throw new Error("needs the polyfill"); export const injectable = () => {};';
  const router = 'import "polyfill"; import { injectable } from "container"; export const handler = async () => injectable.name;';
  const root = project({
    'node_modules/polyfill/index.js': 'Reflect.polyfilled = true; module.exports = {};',
    'node_modules/container/index.mjs': needsPolyfill,
    'node_modules/container/package.json': '{ "module": "index.mjs" }',
    'src/routers/users.ts': router,
    'src/routers/orders.ts': router,
  });
  expect(() => answerOf(build(root))).toThrow(/needs the polyfill/);
  expect(answerOf(build(root, { inject: [path.join(root, 'node_modules/polyfill/index.js')] }))).toBe('injectable');
});
