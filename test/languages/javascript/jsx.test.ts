/**
 * These tests compile and run routers that contain JSX.
 */
import { execFileSync } from 'child_process';
import * as path from 'path';
import { BundlingOptions } from '../../../lib';
import { Routers } from '../../../lib/languages/javascript/routers';
import { writeFiles } from '../../../lib/private/write-files';
import { Build } from '../../../lib/routers/build';
import { buildOf, javaScript } from '../../support/code';
import { project, scratch } from '../../support/project';

function build(files: Record<string, string>, options: BundlingOptions = {}): Build {
  return buildOf(javaScript(Routers.fromDirectory(path.join(project(files), 'src/routers')), options));
}

/** Builds the router and runs its handler. Returns the result. */
function run(files: Record<string, string>, options: BundlingOptions): unknown {
  const directory = scratch();
  writeFiles(build(files, options).built.files, directory);
  const script = 'const { handler } = await import(process.argv[1]); console.log(JSON.stringify(await handler()));';
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', script, path.join(directory, 'routers/a.mjs')], { encoding: 'utf8' }));
}

const FILES = {
  'src/routers/a.tsx': 'const h = (tag: unknown) => ["h", tag]; const F = "fragment"; export const handler = async () => [h, F].length && [<b />, <></>];',
  'node_modules/own/jsx-runtime.js': 'export const jsx = (tag) => ["own", tag]; export const Fragment = "fragment"; export const jsxs = jsx;',
};

test.each<[string, BundlingOptions, unknown]>([
  ['with a factory', { jsxFactory: 'h', jsxFragment: 'F' }, [['h', 'b'], ['h', 'fragment']]],
  ['with a package', { jsx: 'automatic', jsxImportSource: 'own' }, [['own', 'b'], ['own', 'fragment']]],
])('JSX is compiled %s', (_, options, expected) => {
  expect(run(FILES, options)).toEqual(expected);
});

const page = (comment = '') => ({
  ...FILES,
  'src/routers/a.tsx': `${comment}\nexport const handler = async () => [<b />, <></>];`,
});
const OWN = [['own', 'b'], ['own', 'fragment']];

test.each<[string, Record<string, string>, BundlingOptions]>([
  ['a comment and an option', page('/** @jsxImportSource own */'), { jsx: 'automatic' }],
  ['two comments', page('/** @jsxRuntime automatic */ /** @jsxImportSource own */'), {}],
  ['a comment and tsconfig.json', { ...page('/** @jsxImportSource own */'), 'tsconfig.json': '{ "compilerOptions": { "jsx": "react-jsx" } }' }, {}],
  ['tsconfig.json', { ...page(), 'tsconfig.json': '{ "compilerOptions": { "jsx": "react-jsx", "jsxImportSource": "own" } }' }, {}],
  ['a comment that overrides tsconfig.json', { ...page('/** @jsxImportSource own */'), 'tsconfig.json': '{ "compilerOptions": { "jsx": "react-jsx", "jsxImportSource": "other" } }' }, {}],
  ['tsconfig.json that overrides an option', { ...page(), 'tsconfig.json': '{ "compilerOptions": { "jsx": "react-jsx", "jsxImportSource": "own" } }' }, { jsx: 'automatic', jsxImportSource: 'other' }],
  ['an option, with a tsconfig.json for Next.js', { ...page(), 'tsconfig.json': '{ "compilerOptions": { "jsx": "preserve" } }' }, { jsx: 'automatic', jsxImportSource: 'own' }],
])('the package that JSX imports comes from %s', (_, files, options) => {
  expect(run(files, options)).toEqual(OWN);
});

test('a comment that the classic transform ignores causes a warning that says what to do', () => {
  const { built: { warnings } } = build(page('/** @jsxImportSource own */'));
  expect(warnings).toEqual([expect.stringMatching(/JSX import source cannot be set[^]*a\.tsx:1[^]*"@jsxRuntime automatic" comment[^]*bundling\.jsx to "automatic", or "jsx": "react-jsx" in tsconfig\.json/)]);
});

test.each([['own/none', page('/** @jsxImportSource own/none */')], ['react', page()]])('a package without a JSX runtime is refused, and the error says what to do: %s', (name, files) => {
  expect(() => build(files, { jsx: 'automatic' })).toThrow(expect.objectContaining({
    code: 'BUNDLING_FAILED',
    message: expect.stringMatching(new RegExp(`Could not resolve "${name}/jsx-runtime"[^]*JSX imports it\\. Check that it is a dependency of the project and that it is installed\\. To use another package, set bundling\\.jsxImportSource, `)),
  }));
});
