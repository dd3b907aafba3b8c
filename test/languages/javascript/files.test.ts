import * as fs from 'fs';
import * as path from 'path';
import { Stack, Stage } from 'aws-cdk-lib';
import { BundlingOptions, LazyApiFunction, Routers, Verify } from '../../../lib';
import { assetOf, newApi, newApp, newStack } from '../../support/app';
import { handlerSource, listFiles, project } from '../../support/project';

const READER = `
  import { readFileSync } from 'node:fs';
  import { assetPath } from 'cdk-lazy-api/runtime';
  const template = readFileSync(assetPath('templates/a.html'), 'utf8');
  export const handler = async () => ({ statusCode: 200, body: template });`;

const FILES = { 'src/routers/users.ts': READER, 'src/templates/a.html': 'hello' };

/** Adds `files` to the options. Sources are relative to the project root. */
function withFiles(root: string, files: { readonly [target: string]: string }, bundling: BundlingOptions = {}): BundlingOptions {
  return { ...bundling, files: Object.fromEntries(Object.entries(files).map(([target, source]) => [target, path.join(root, source)])) };
}

function apiOf(root: string, files: { readonly [target: string]: string }, stack: Stack = newStack(), verify = Verify.off()): LazyApiFunction {
  return newApi({ routers: Routers.fromDirectory(path.join(root, 'src/routers')), bundling: withFiles(root, files), verify }, stack);
}

test('a router can read a file from the asset while verification loads it', () => {
  const api = apiOf(project(FILES), { templates: 'src/templates' }, newStack(), Verify.atSynth());
  expect(fs.readFileSync(path.join(assetOf(api), 'templates/a.html'), 'utf8')).toBe('hello');
});

test('if the file is missing, verification names the prop', () => {
  expect(() => apiOf(project(FILES), {}, newStack(), Verify.atSynth())).toThrow(/ENOENT[^]*templates\/a\.html[^]*Add it with bundling\.files/);
});

test('all users can read the files and run the programs', () => {
  const root = project({ ...FILES, 'bin/run': '#!/bin/sh' });
  fs.chmodSync(path.join(root, 'bin/run'), 0o700);
  fs.chmodSync(path.join(root, 'src/templates/a.html'), 0o600);
  const asset = assetOf(apiOf(root, { bin: 'bin', t: 'src/templates' }));
  const mode = (file: string) => fs.statSync(path.join(asset, file)).mode.toString(8).slice(-3);
  expect([mode('bin/run'), mode('bin'), mode('t/a.html')]).toEqual(['755', '755', '644']);
});

test('the hash of the asset depends on contents, paths, and modes', () => {
  const root = project(FILES);
  const hash = (files: { readonly [target: string]: string }) => path.basename(assetOf(apiOf(root, files)));
  const hashes = [hash({ t: 'src/templates' }), hash({ u: 'src/templates' }), hash({})];
  fs.chmodSync(path.join(root, 'src/templates/a.html'), 0o755);
  hashes.push(hash({ t: 'src/templates' }));
  fs.writeFileSync(path.join(root, 'src/templates/a.html'), 'hallo');
  hashes.push(hash({ t: 'src/templates' }));
  expect(new Set(hashes).size).toBe(5);
  expect(hash({ t: 'src/templates' })).toBe(hashes[4]);
});

test('a file that changes while the app runs changes the hash', () => {
  const root = project(FILES);
  const app = newApp();
  const contents = ['one', 'two', 'two'].map((text, i) => {
    fs.writeFileSync(path.join(root, 'src/templates/a.html'), text);
    const api = apiOf(root, { t: 'src/templates' }, new Stack(new Stage(app, `Stage${i}`), 'Stack'));
    return (api.function.node.findChild('Code') as unknown as { readonly assetHash: string }).assetHash;
  });
  expect(contents[0]).not.toBe(contents[1]);
  expect(contents[1]).toBe(contents[2]);
});

test.each(['index.js', 'index', 'main.mjs', 'routers/users.mjs', 'manifest.json'])('a file cannot replace code: %s', (target) => {
  expect(() => apiOf(project(FILES), { [target]: 'src/templates/a.html' })).toThrow(
    `TestStack/Api: bundling.files["${target}"] must have a separate place in the asset, got "${target}", but "${target}" belongs to the code; choose another target`,
  );
});

test('files count toward Lambda\'s size limit, but not as code', () => {
  const root = project({ 'src/routers/users.ts': handlerSource('users') });
  fs.writeFileSync(path.join(root, 'big'), '');
  fs.truncateSync(path.join(root, 'big'), 2 ** 20);
  const [plain, more] = [{}, { big: 'big' } as { [target: string]: string }].map((files) => apiOf(root, files).manifest!.totalBytes);
  expect(more).toBe(plain);
  fs.truncateSync(path.join(root, 'big'), 250 * 2 ** 20);
  expect(() => apiOf(root, { big: 'big' })).toThrow(/the code must be at most 250 MB unzipped[^]*250\.0 MB {2}big/);
});

test('a synthesis that skips bundling does not need the files', () => {
  const app = newApp({ context: { 'aws:cdk:bundling-stacks': [] } });
  expect(() => apiOf(project(FILES), { t: 'src/nowhere' }, newStack({}, app))).not.toThrow();
});

test('files in nested directories and in directories that start with a dot keep their paths', () => {
  const root = project({ ...FILES, 'public/.well-known/x/y.json': '{}' });
  expect(listFiles(assetOf(apiOf(root, { public: 'public' })))).toContain('public/.well-known/x/y.json');
});
