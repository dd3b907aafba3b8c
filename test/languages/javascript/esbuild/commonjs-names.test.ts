import { execFileSync } from 'child_process';
import * as path from 'path';
import { Routers } from '../../../../lib';
import { withCommonJsNames } from '../../../../lib/languages/javascript/esbuild/commonjs-names';
import { assetOf, newApi } from '../../../support/app';
import { project } from '../../../support/project';

/** Builds a router that imports CommonJS code with `import()`. Returns the result of an expression that uses the namespace `lib`. */
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
  test('has the members of module.exports as names, and module.exports as the default', () => {
    expect(imported('module.exports = { wasm: 1, then: 2 };', '[lib.wasm, lib.default.wasm, lib.default.then, Object.keys(lib)]', bundling)).toEqual([1, 1, 2, ['wasm', 'default']]);
  });

  test('of a compiled ES module has module.exports as the default, like in Node.js', () => {
    expect(imported('exports.__esModule = true; exports.default = "x"; exports.y = "y";', '[lib.default.default, lib.y]', bundling)).toEqual(['x', 'y']);
  });

  test.each([
    ['a function with members', 'module.exports = () => 1; module.exports.twice = 2;', '[lib.default(), lib.twice]', [1, 2]],
    ['a string', 'module.exports = "text";', 'lib.default', 'text'],
    ['undefined', 'module.exports = undefined;', 'typeof lib.default', 'undefined'],
    ['an object with a getter that no code reads', 'module.exports = { get late() { throw new Error("too early"); }, x: 1 };', 'lib.x', 1],
  ])('can return %s', (_, source, expression, expected) => {
    expect(imported(source, expression, bundling)).toEqual(expected);
  });
});

test.each([
  'var x = 1; export { x as default };',
  'const text = "export default a();"; export { text };',
  'function f() {} export { f };',
])('other code does not change: %s', (code) => {
  expect(withCommonJsNames(code)).toBe(code);
});
