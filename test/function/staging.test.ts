import * as fs from 'fs';
import * as path from 'path';
import { App, Duration, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { BUNDLING_STACKS } from 'aws-cdk-lib/cx-api';
import { LazyApiFunction, Rollout, Routers, Verify } from '../../lib';
import { EsbuildBundler } from '../../lib/languages/javascript/esbuild/esbuild';
import { assetOf, newApi, newApp, newStack, routersOf, USERS_AND_ORDERS } from '../support/app';
import { handlerSource, listFiles, project } from '../support/project';

function api(scope: Stack, id: string, routers: Routers): LazyApiFunction {
  return new LazyApiFunction(scope, id, { routers, verify: Verify.off() });
}

test('the asset contains the entry, a chunk for each router, and the manifest', () => {
  expect(listFiles(assetOf(newApi()))).toEqual(['fetch.mjs', 'index.mjs', 'listener.mjs', 'main.mjs', 'manifest.json', 'recovery.mjs', 'routers/orders.mjs', 'routers/users.mjs']);
});

test.each<[string, (app: App) => Stack]>([
  ['a stack of the app', (app) => new Stack(app, 'Stack')],
  ['a stack of a stage', (app) => new Stack(new Stage(app, 'Prod'), 'Stack')],
  ['a nested stack', (app) => new NestedStack(new Stack(app, 'Stack'), 'Nested')],
])('tools find the asset of a function in %s by its path', (_, create) => {
  const app = newApp();
  const { assetPath } = newApi({}, create(app));
  app.synth();
  expect(assetPath).toBe(path.resolve(assetPath!));
  expect(listFiles(assetPath!)).toContain('manifest.json');
  expect(assetPath!.startsWith(app.outdir)).toBe(true);
});

test('the staged asset contains the manifest that the construct exposes', () => {
  const built = newApi();
  expect(JSON.parse(fs.readFileSync(path.join(assetOf(built), 'manifest.json'), 'utf8'))).toEqual(built.manifest);
});

test('two APIs with equal options and different routers do not share code', () => {
  const stack = newStack();
  const a = api(stack, 'A', routersOf({ 'src/routers/x.ts': handlerSource('a') }));
  const b = api(stack, 'B', routersOf({ 'src/routers/x.ts': handlerSource('b') }));
  expect(fs.readFileSync(path.join(assetOf(a), 'routers/x.mjs'), 'utf8')).toContain('"a"');
  expect(fs.readFileSync(path.join(assetOf(b), 'routers/x.mjs'), 'utf8')).toContain('"b"');
  expect(path.basename(assetOf(a))).not.toBe(path.basename(assetOf(b)));
});

test('an API in two Stages is bundled once', () => {
  const build = jest.spyOn(EsbuildBundler.prototype, 'build');
  const app = newApp();
  const routers = routersOf();
  const [dev, prod] = ['Dev', 'Prod'].map((name) => api(new Stack(new Stage(app, name), 'Stack'), 'Api', routers));
  expect(build).toHaveBeenCalledTimes(1);
  expect(path.basename(assetOf(dev))).toBe(path.basename(assetOf(prod)));
  build.mockRestore();
});

test('code that changes between two apps in one process is bundled again', () => {
  const root = project(USERS_AND_ORDERS);
  const routers = () => Routers.fromDirectory(path.join(root, 'src/routers'));
  const before = assetOf(api(newStack(), 'Api', routers()));
  fs.writeFileSync(path.join(root, 'src/routers/users.ts'), handlerSource('changed'));
  const after = assetOf(api(newStack(), 'Api', routers()));
  expect(path.basename(after)).not.toBe(path.basename(before));
});

test.each([true, false])('the same sources have the same hash in another directory (minify: %p)', (minify) => {
  const sources = {
    'src/routers/users.ts': 'import { log } from "../log"; import type { LambdaRouter } from "cdk-lazy-api/runtime"; export const handler: LambdaRouter = async () => log("users");',
    'src/routers/orders.ts': 'import { log } from "../log"; export const handler = async () => log("orders");',
    'src/log.ts': 'export const log = (text: string) => ({ statusCode: 200, body: text + __dirname });',
  };
  const [a, b] = ['here', 'a/much/deeper/there'].map((folder) => {
    const root = project(sources, folder);
    return assetOf(newApi({ routers: Routers.fromDirectory(path.join(root, 'src/routers')), bundling: { minify } }));
  });
  expect(path.basename(a)).toBe(path.basename(b));
  expect(a).not.toBe(b);
});

test('a stack whose bundling is skipped still synthesizes', () => {
  const build = jest.spyOn(EsbuildBundler.prototype, 'build');
  const app = newApp({ context: { [BUNDLING_STACKS]: ['OtherStack'] } });
  const skipped = newApi({}, newStack({}, app));
  app.synth();
  expect(build).not.toHaveBeenCalled();
  expect(skipped.manifest).toBeUndefined();
  expect(skipped.assetPath).toBeUndefined();
  Template.fromStack(Stack.of(skipped)).resourceCountIs('AWS::Lambda::Function', 1);
  build.mockRestore();
});

test('the template contains the path of the asset, for tools that run it locally', () => {
  const app = newApp({ context: { 'aws:cdk:enable-asset-metadata': true } });
  const built = newApi({}, newStack({}, app));
  Template.fromStack(Stack.of(built)).hasResource('AWS::Lambda::Function', {
    Metadata: { 'aws:asset:path': path.basename(assetOf(built)), 'aws:asset:is-bundled': true, 'aws:asset:property': 'Code' },
  });
});

test.each([0o022, 0o027, 0o077, 0o777])('Lambda can read assets that are staged with umask %i', (umask) => {
  const before = process.umask();
  const routers = routersOf();
  const app = newApp();
  const stack = newStack({}, app);
  fs.mkdirSync(app.outdir, { recursive: true });
  try {
    process.umask(umask);
    newApi({ routers, rollout: Rollout.canary(10, Duration.minutes(5)) }, stack);
  } finally {
    process.umask(before);
  }
  const assets = fs.readdirSync(app.outdir).filter((name) => name.startsWith('asset.')).map((name) => path.join(app.outdir, name));
  expect(assets).toHaveLength(2);
  const all = assets.flatMap((asset) => [asset, ...(fs.readdirSync(asset, { recursive: true }) as string[]).map((file) => path.join(asset, file))]).map((file) => fs.statSync(file));
  expect(new Set(all.map((stat) => `${stat.isDirectory() ? 'directory' : 'file'} ${stat.mode.toString(8).slice(-3)}`))).toEqual(new Set(['directory 755', 'file 644']));
});

test('bundling leaves no files in the sources or next to the asset', () => {
  const root = project(USERS_AND_ORDERS);
  const before = listFiles(root);
  const built = newApi({ routers: Routers.fromDirectory(path.join(root, 'src/routers')) });
  expect(listFiles(root)).toEqual(before);
  expect(fs.readdirSync((built.node.root as App).outdir)).toEqual([path.basename(assetOf(built))]);
});

test('a router that does not compile leaves no files in the output directory', () => {
  const app = newApp();
  expect(() => newApi({ routers: routersOf({ 'src/routers/users.ts': 'export const handler = (' }) }, newStack({}, app)))
    .toThrow(expect.objectContaining({ code: 'BUNDLING_FAILED' }));
  expect(fs.readdirSync(app.outdir)).toEqual([]);
});

test('without bundling, as in unit tests, the template differs only in hashes and the sizes on the dashboard', () => {
  const resources = (context: { [key: string]: unknown }) => Template.fromStack(Stack.of(newApi({ monitoring: { dashboard: false } }, newStack({}, newApp({ context }))))).toJSON();
  const withoutHashes = (template: object) => JSON.stringify(template).replace(/[0-9a-f]{64}|(?<=CurrentVersion[0-9A-F]{8})[0-9a-f]{32}/g, 'HASH');
  expect(withoutHashes(resources({ [BUNDLING_STACKS]: [] }))).toBe(withoutHashes(resources({})));
});
