import { BuildResult } from '../../../lib/languages/javascript/bundler';
import { originOf } from '../../../lib/languages/javascript/origin';
import { checkAssetSize } from '../../../lib/routers/asset/asset-size';
import { routersOf } from '../../support/app';
import { buildOf, javaScript } from '../../support/code';

const MB = 1024 * 1024;

function result(bytes: { readonly [file: string]: number }): BuildResult {
  const code = Object.entries(bytes).filter(([file]) => file.endsWith('.mjs'));
  return {
    files: Object.entries(bytes).map(([path, length]) => ({ path, contents: { length } as Uint8Array })),
    chunks: code.map(([file, size]) => ({ file, bytes: size, imports: [], exports: ['default'], externals: [], loadedExternals: [], inputs: { [`node_modules/${file.replace('.mjs', '')}/index.js`]: size } })),
    imports: {},
    warnings: [],
    importedExternals: {},
    copied: {},
  };
}

test('code within Lambda\'s size limit is accepted', () => {
  const code = result({ 'a.mjs': 200 * MB, 'assets/model.bin': 50 * MB });
  expect(() => checkAssetSize({ ...code, installedFiles: [], chunks: code.chunks.map((chunk) => ({ ...chunk, role: 'shared' })), originOf })).not.toThrow();
});

test('code is refused if installed packages make it too large', () => {
  const code = result({ 'a.mjs': MB });
  const chunks = code.chunks.map((chunk) => ({ ...chunk, role: 'shared' as const }));
  const large = { file: 'node_modules/sharp', role: 'package' as const, bytes: 250 * MB, imports: [], inputs: { 'node_modules/sharp': 250 * MB } };
  const installedFiles = [{ path: 'node_modules/sharp/a.so', source: '/sharp/a.so', bytes: 250 * MB, digest: '' }];
  expect(() => checkAssetSize({ ...code, installedFiles, chunks: [...chunks, large], originOf })).toThrow(/got 251\.0 MB;[^]*\n +250\.0 MB {2}sharp\n/);
});

test('code above Lambda\'s size limit is refused before verification, and the error names the largest contents', () => {
  const large = result({ 'routers/users.mjs': MB, 'routers/orders.mjs': 2 * MB, 'heavy.mjs': 60 * MB, 'assets/model.bin': 200 * MB, 'heavy.mjs.map': 30 * MB, 'small.mjs': 1 });
  expect(() => buildOf(javaScript(routersOf(), {}, { build: () => large, incremental: () => { throw new Error('it builds once'); } }))).toThrow(expect.objectContaining({
    code: 'CODE_TOO_LARGE',
    message: [
      'the code must be at most 250 MB unzipped, including layers, got 293.0 MB; import less code, or keep large files in Amazon S3',
      '',
      '    200.0 MB  assets/model.bin',
      '     60.0 MB  heavy',
      '     30.0 MB  heavy.mjs.map',
      '      3.0 MB  routers',
      '      0.0 MB  small',
    ].join('\n'),
  }));
});
