import * as fs from 'fs';
import * as path from 'path';
import { EsbuildResolver, withEsbuild } from '../../../../lib/languages/javascript/esbuild/find-esbuild';
import { Routers } from '../../../../lib/languages/javascript/routers';
import { javaScript } from '../../../support/code';
import { handlerSource, project } from '../../../support/project';

describe('esbuild is', () => {
  const fake = (version: string) => ({ version, transformSync: () => {} }) as never;
  const installed = (source: string) => ({ 'node_modules/esbuild/package.json': '{ "name": "esbuild", "main": "m.js" }', 'node_modules/esbuild/m.js': source });
  const ours = (JSON.parse(fs.readFileSync(require.resolve('esbuild/package.json'), 'utf8')) as { version: string }).version;

  /** Returns the version of the esbuild that runs. */
  const versionFrom = (directory: string, resolvers?: EsbuildResolver[]) => withEsbuild(directory, (engine) => {
    engine.transformSync('');
    return engine.version;
  }, resolvers);

  test('that of the project, if it has one', () => {
    expect(versionFrom(project(installed('exports.version = "0.99.0"; exports.transformSync = () => {};')))).toBe('0.99.0');
  });

  test('found in the directories above the routers, not only in the project root', () => {
    const files = Object.entries(installed('exports.version = "0.99.0"; exports.transformSync = () => {};')).map(([file, source]) => [`packages/api/${file}`, source]);
    const root = project({ ...Object.fromEntries(files), 'packages/api/src/routers/a.ts': handlerSource('a') });
    const code = javaScript(Routers.fromDirectory(path.join(root, 'packages/api/src/routers')));
    expect(code.projectRoot).toBe(root);
    expect(versionFrom(code.lookupDirectory)).toBe('0.99.0');
  });

  test.each([
    ['there is none', {}],
    ['it is too old', installed('exports.version = "0.14.0"; exports.transformSync = () => {};')],
    ['its binary is for another platform', installed('exports.version = "0.28.2"; exports.transformSync = () => { throw new Error("You installed esbuild for another platform"); };')],
    ['it cannot be loaded', installed('throw new Error("broken");')],
  ])('that of cdk-lazy-api if, in the project, %s', (_, files) => {
    expect(versionFrom(project(files))).toBe(ours);
  });

  test('the bundled WebAssembly build if there is no other', () => {
    const none = () => undefined;
    expect(versionFrom('/p', [none, none, () => fake('0.28.2')])).toBe('0.28.2');
    expect(require.resolve('esbuild-wasm')).toContain('esbuild-wasm');
  });

  test('not skipped if the build fails', () => {
    expect(() => withEsbuild('/p', () => { throw new Error('no such router'); }, [() => fake('0.28.2'), () => fake('0.28.3')])).toThrow(/^no such router$/);
  });

  test('required, and the error names what was skipped', () => {
    const broken = () => { throw new Error('wrong platform'); };
    expect(() => versionFrom('/p', [() => fake('0.14.0'), broken, () => undefined])).toThrow(expect.objectContaining({
      code: 'ESBUILD_MISSING',
      message: expect.stringMatching(/from \/p upward; run "npm install --save-dev esbuild" there\npassed over: version 0\.14\.0 is too old\npassed over: wrong platform$/),
    }));
  });
});
