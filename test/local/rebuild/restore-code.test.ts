import * as fs from 'node:fs';
import * as path from 'node:path';
import { FILES, synth } from './support';
import { LazyApiFunctionProps, PreloadPolicy, Routers } from '../../../lib';
import { readManifest } from '../../../lib/local/assembly/local-asset';
import { readModuleGraph } from '../../../lib/local/assembly/read-module-graph';
import { assetOf, SynthesizedApi } from '../../../lib/local/assembly/synthesized-api';
import { restoreCode } from '../../../lib/local/rebuild/restore-code';
import { assembleAsset } from '../../../lib/routers/asset/asset';
import { buildRouters } from '../../../lib/routers/build';
import { project } from '../../support/project';

const filesOf = (api: SynthesizedApi) => {
  const { code, options } = restoreCode(api);
  const kinds = new Map(readManifest(assetOf(api)).routers.map(({ prefix, kind }) => [prefix, kind as 'fetch']));
  return assembleAsset(buildRouters(code, options), kinds).files;
};

const OPTIONS: ReadonlyArray<[string, () => Partial<LazyApiFunctionProps>]> = [
  ['nothing but routers', () => ({})],
  ['every option that has a path', () => ({
    bundling: { projectRoot: '.', tsconfig: 'config/build.json', inject: ['src/setup.ts'], files: { templates: 'templates' }, alias: { fake: './src/real.ts' } },
  })],
  ['options of routers, of the endpoint and of the log', () => ({
    routers: Routers.fromMap({
      '/a': { entry: 'src/routers/users.ts', trafficShare: 0.9, preload: true },
      '/b': { entry: 'src/routers/orders.ts', stripPrefix: false },
    }),
    memorySize: 256,
  })],
  ['the policy "everything"', () => ({ preloadPolicy: PreloadPolicy.everything() })],
  ['the policy "nothing"', () => ({ preloadPolicy: PreloadPolicy.nothing() })],
  ['a policy for a share', () => ({ preloadPolicy: PreloadPolicy.sharedBy(0.6) })],
];

test.each(OPTIONS)('an API with %s is rebuilt byte for byte, from any directory', (name, props) => {
  const directory = project({ ...FILES, ...name.includes('path') ? {} : { 'src/routers/users.ts': FILES['src/routers/orders.ts'] } });
  const api = synth(directory, props);
  const files = filesOf(api);
  expect(files.length).toBeGreaterThan(3);
  for (const { path: file, contents } of files) {
    expect([file, Buffer.from(contents).toString()]).toEqual([file, fs.readFileSync(path.join(assetOf(api), file), 'utf8')]);
  }
});

test('a deleted file of a router causes the error of synthesis', () => {
  const directory = project(FILES);
  const api = synth(directory, () => ({ bundling: { alias: { fake: './src/real.ts' } } }));
  fs.rmSync(path.join(directory, 'src/routers/users.ts'));
  expect(() => restoreCode(api)).toThrow(/src\/routers\/users\.ts: entry must be an existing file/);
});

test('the module graph contains the source files of each chunk, and the imports of each source file', () => {
  const api = synth(project(FILES), () => ({ bundling: { alias: { fake: './src/real.ts' } } }));
  const { chunks, imports } = readModuleGraph(api);
  const withShared = chunks.filter(({ inputs }) => 'src/shared.ts' in inputs);
  expect(withShared).toEqual([expect.objectContaining({ role: 'shared', bytes: expect.any(Number) as unknown })]);
  expect(chunks.find(({ file }) => file === 'routers/users.mjs')!.imports).toContain(withShared[0].file);
  expect(imports['src/routers/users.ts']).toEqual(['src/shared.ts', 'src/real.ts']);
});
