/**
 * These tests synthesize apps with `bundling.nodeModules`, and check the errors for native code that is not in it.
 */
import * as fs from 'fs';
import * as path from 'path';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { LazyApiFunction, LazyApiFunctionProps, PreloadPolicy, Routers, Verify } from '../../../lib';
import { assetOf, newApi, newStack } from '../../support/app';
import { elf, MACHINE } from '../../support/binary';
import { handlerSource, listFiles, project, scratch } from '../../support/project';
import { TestRegistry } from '../../support/registry';

let registry: TestRegistry;

beforeAll(async () => {
  process.env.npm_config_cache = scratch();
  registry = await TestRegistry.start();
});

afterAll(() => registry.stop());

/** Node.js cannot load this copy. On this machine, the project has its own copy. */
const FOR_LAMBDA = 'throw new Error("this copy is for Lambda");';

/** Creates a project with a package `fast`, which has native code for both architectures, and its dependency `helper`. */
function projectWithFast(files: { readonly [file: string]: string } = {}): string {
  const binaries = { 'arm64.node': elf(), 'x64.node': elf({ machine: MACHINE.x64 }) };
  const packages = {
    'node_modules/fast': registry.publish('fast', { 'index.js': FOR_LAMBDA, ...binaries }, { dependencies: { helper: '1' } }),
    'node_modules/helper': registry.publish('helper', { 'index.js': FOR_LAMBDA }),
  };
  return project({
    'package-lock.json': JSON.stringify({ packages }),
    'node_modules/fast/package.json': '{ "version": "1.0.0" }',
    'node_modules/fast/index.js': 'module.exports = "of this machine";',
    'src/routers/images.ts': 'import fast from "fast"; if (fast !== "of this machine") throw new Error(fast); export const handler = async () => fast;',
    'src/routers/later.ts': 'export const handler = async () => import("fast");',
    'src/routers/users.ts': handlerSource('users'),
    ...files,
  });
}

function apiOf(root: string, props: Partial<LazyApiFunctionProps> = {}): LazyApiFunction {
  return newApi({ routers: Routers.fromDirectory(path.join(root, 'src/routers')), bundling: { nodeModules: ['fast'] }, verify: Verify.atSynth(), ...props });
}

test.each([
  [lambda.Architecture.ARM_64, 'arm64.node'], [lambda.Architecture.X86_64, 'x64.node'], [undefined, 'arm64.node'],
])('the asset for architecture %p contains the packages, and verification uses the project\'s copies', (architecture, binary) => {
  const api = apiOf(projectWithFast(), { architecture });
  const installed = listFiles(assetOf(api)).filter((file) => file.startsWith('node_modules/'));
  expect(installed).toEqual([`fast/${binary}`, 'fast/index.js', 'fast/package.json', 'helper/index.js', 'helper/package.json'].map((file) => `node_modules/${file}`).sort());
  expect(fs.readFileSync(path.join(assetOf(api), 'routers/images.mjs'), 'utf8')).toContain('from"fast"');
  expect(api.manifest!.routers.map(({ kind }) => kind)).toEqual(['lambda', 'lambda', 'lambda']);
  expect(Annotations.fromStack(api.node.scope as never).findWarning('*', Match.stringLikeRegexp('external|verified'))).toEqual([]);
});

test('two functions of one app with different architectures have separate packages', () => {
  const root = projectWithFast();
  const stack = newStack();
  const binaries = [lambda.Architecture.ARM_64, lambda.Architecture.X86_64].map((architecture) => {
    const api = new LazyApiFunction(stack, architecture.name, {
      routers: Routers.fromDirectory(path.join(root, 'src/routers')), bundling: { nodeModules: ['fast'] }, verify: Verify.off(), architecture,
    });
    return listFiles(assetOf(api)).filter((file) => file.endsWith('.node'));
  });
  expect(binaries).toEqual([['node_modules/fast/arm64.node'], ['node_modules/fast/x64.node']]);
});

(process.platform === 'win32' ? test.skip : test)('programs of a package are executable in the asset, and the hash depends on this', () => {
  const apiWith = (programs: string[]) => {
    const packages = { 'node_modules/fast': registry.publish('fast', { 'bin/fast': '#!/bin/sh\n' }, {}, programs) };
    return apiOf(projectWithFast({ 'package-lock.json': JSON.stringify({ packages }) }), { verify: Verify.off() });
  };
  const [without, withProgram] = [[], ['bin/fast']].map((programs) => assetOf(apiWith(programs)));
  expect([without, withProgram].map((asset) => fs.statSync(path.join(asset, 'node_modules/fast/bin/fast')).mode.toString(8).slice(-3))).toEqual(['644', '755']);
  expect(path.basename(without)).not.toBe(path.basename(withProgram));
});

test('the manifest counts the packages for the routers that import them statically', () => {
  const { routers: [images, later], packages, totalBytes, preload } = apiOf(projectWithFast()).manifest!;
  expect(packages!.map(({ directory, routers }) => [directory, routers])).toEqual([['node_modules/fast', ['/images']], ['node_modules/helper', ['/images']]]);
  const bytes = packages!.reduce((sum, one) => sum + one.bytes, 0);
  expect(bytes).toBeGreaterThan(elf().length);
  expect(images.totalBytes - images.bytes).toBe(bytes);
  expect(later.totalBytes).toBe(later.bytes);
  expect(totalBytes).toBeGreaterThan(bytes);
  // The runtime imports only code files.
  expect([...images.chunks, ...preload.decisions.map(({ file }) => file)].filter((file) => !file.endsWith('.mjs'))).toEqual([]);
});

test('budgets for INIT and for routers count the packages', () => {
  const root = projectWithFast();
  const large = { routerBytes: 300 };
  expect(() => apiOf(root, { preloadPolicy: PreloadPolicy.nothing(), budgets: large })).toThrow(/router \/images loads 0\.\d KB, budgets\.routerBytes is 0\.3 KB\n {6,}0\.\d KB {2}fast, by src\/routers\/images\.ts > node_modules\/fast\n/);
  const initBytes = (preloadPolicy: PreloadPolicy) => () => apiOf(root, { preloadPolicy, budgets: { initBytes: 1 } });
  expect(initBytes(PreloadPolicy.everything())).toThrow(/INIT loads[^]* KB {2}helper, by src\/routers\/images\.ts > node_modules\/fast > node_modules\/helper$/);
  expect(initBytes(PreloadPolicy.nothing())).not.toThrow(/ fast,/);
});

test('a package that is not installed in the project causes only a warning, because the asset contains it', () => {
  const root = projectWithFast();
  fs.rmSync(path.join(root, 'node_modules/fast'), { recursive: true });
  const stack = newStack();
  newApi({ routers: Routers.fromDirectory(path.join(root, 'src/routers')), bundling: { nodeModules: ['fast'] }, verify: Verify.atSynth() }, stack);
  expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('/images could not be verified: it imports "fast"'))).toHaveLength(1);
});

test('native code that does not load on this machine causes only a warning, because the asset contains another copy', () => {
  const root = projectWithFast({ 'node_modules/fast/index.js': 'module.exports = require("./fast.node");', 'node_modules/fast/fast.node': 'no binary' });
  const stack = newStack();
  newApi({ routers: Routers.fromDirectory(path.join(root, 'src/routers')), bundling: { nodeModules: ['fast'] }, verify: Verify.atSynth() }, stack);
  const [{ entry }] = Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('/images could not be verified: the native code of a package'));
  expect(entry.data).toContain('install the project for it with npm ci (Error:');
});

describe('native code that is not in nodeModules', () => {
  const without = (files: { readonly [file: string]: string }) => () => apiOf(projectWithFast(files), { bundling: {} });

  test('causes an esbuild error that names the package to add', () => {
    expect(without({ 'node_modules/fast/index.js': 'module.exports = require("./fast.node");', 'node_modules/fast/fast.node': 'binary' }))
      .toThrow(/No loader is configured for "\.node" files: node_modules\/fast\/fast\.node[^]*This is native code, which cannot be bundled\. Add "fast" to bundling\.nodeModules/);
  });

  test('of the project itself must be copied', () => {
    expect(without({ 'src/routers/images.ts': 'import a from "../a.node"; export const handler = async () => a;', 'src/a.node': 'binary' }))
      .toThrow(/cannot be bundled\. Use bundling\.loader { "\.node": "copy" }\./);
  });

  test.each([
    ['node-gyp-build', 'throw new Error("No native build was found for platform=linux arch=x64")'],
    ['bindings', 'throw new Error("Could not locate the bindings file. Tried: ...")'],
    ['napi-rs', 'throw new Error("Cannot find native binding. npm has a bug related to optional dependencies")'],
    ['sharp', 'throw new Error("Could not load the \\"sharp\\" module using the linux-x64 runtime")'],
    ['a computed path', 'module.exports = require(["..", "build", "Release", "fast.node"].join("/"))'],
    ['a package for one platform', 'module.exports = require(["@fast", "fast-linux-x64"].join("/"))'],
  ])('causes advice if it does not load: %s', (_, source) => {
    expect(without({ 'node_modules/fast/index.js': source })).toThrow(
      /router {2}\/images [^]*\n\nNative code cannot be bundled\. Add its package to bundling\.nodeModules, which installs it for the function\.$/,
    );
  });
});
