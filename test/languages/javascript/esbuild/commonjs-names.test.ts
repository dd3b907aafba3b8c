import { execFileSync } from 'child_process';
import * as path from 'path';
import { Routers } from '../../../../lib';
import { withCommonJsNames } from '../../../../lib/languages/javascript/esbuild/commonjs-names';
import { assetOf, newApi } from '../../../support/app';
import { project } from '../../../support/project';

/** What `import()` of CommonJS code gives to a router: the result of an expression over it, from the built asset. */
function imported(source: string, expression: string, bundling = {}): unknown {
  const root = project({
    'src/routers/a.mts': `export const handler = async () => { const lib = await import('../lib.cjs'); return ${expression}; };`,
    'src/routers/b.mts': 'import lib from "../lib.cjs"; export const handler = async () => lib;',
    'src/lib.cjs': source,
  });
  const asset = assetOf(newApi({ routers: Routers.fromDirectory(path.join(root, 'src/routers')), bundling }));
  const script = 'const { handler } = await import(process.argv[1]); console.log(JSON.stringify(await handler()));';
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', script, path.join(asset, 'routers/a.mjs')], { encoding: 'utf8' }));
}

describe.each([{}, { minify: false }, { sourceMap: true }])('with the options %j, import() of CommonJS code', (bundling) => {
  test('has its names, and all of it as the default', () => {
    expect(imported('module.exports = { wasm: 1, then: 2 };', '[lib.wasm, lib.default.wasm, lib.default.then, Object.keys(lib)]', bundling)).toEqual([1, 1, 2, ['wasm', 'default']]);
  });

  test('of a compiled ES module has the default of Node.js, which is all of it', () => {
    expect(imported('exports.__esModule = true; exports.default = "x"; exports.y = "y";', '[lib.default.default, lib.y]', bundling)).toEqual(['x', 'y']);
  });

  test.each([
    ['a function with members', 'module.exports = () => 1; module.exports.twice = 2;', '[lib.default(), lib.twice]', [1, 2]],
    ['a text', 'module.exports = "text";', 'lib.default', 'text'],
    ['nothing', 'module.exports = undefined;', 'typeof lib.default', 'undefined'],
    ['a getter that nobody reads', 'module.exports = { get late() { throw new Error("too early"); }, x: 1 };', 'lib.x', 1],
  ])('may be %s', (_, source, expression, expected) => {
    expect(imported(source, expression, bundling)).toEqual(expected);
  });
});

test.each([
  'var x = 1; export { x as default };',
  'const text = "export default a();"; export { text };',
  'function f() {} export { f };',
])('other code stays as it is: %s', (code) => {
  expect(withCommonJsNames(code)).toBe(code);
});
