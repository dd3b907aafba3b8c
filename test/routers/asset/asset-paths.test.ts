import { checkAssetPaths } from '../../../lib/routers/asset/asset-paths';

const GENERATED = ['index.mjs', 'index', 'routers/users.mjs', 'manifest.json'];

const check = (...paths: string[]) => checkAssetPaths(paths.map((path, i) => ({ path, contents: Buffer.alloc(0), declaredBy: `files[${i}]` })), GENERATED);

test('files can share a directory with generated files and other declared files', () => {
  expect(() => check('templates/a.html', 'templates/b.html', 'routers/users.sql', 'index.html')).not.toThrow();
});

test.each<[string, string[], string]>([
  ['a generated file', ['index.mjs'], 'files[0] must have a separate place in the asset, got "index.mjs", but "index.mjs" belongs to the code; choose another target'],
  ['a generated file that would have to be a directory', ['index/a.html'], 'files[0] must have a separate place in the asset, got "index/a.html", but "index" belongs to the code; choose another target'],
  ['a generated directory', ['routers'], 'files[0] must have a separate place in the asset, got "routers", but "routers/" belongs to the code; choose another target'],
  ['another declared file', ['a/b', 'a/b'], 'files[1] must have a separate place in the asset, got "a/b", but "a/b" belongs to files[0]; choose another target'],
  ['another declared file that would have to be a directory', ['a/b', 'a/b/c'], 'files[1] must have a separate place in the asset, got "a/b/c", but "a/b" belongs to files[0]; choose another target'],
  ['a directory of another declared file', ['a/b/c', 'a'], 'files[1] must have a separate place in the asset, got "a", but "a/" belongs to files[0]; choose another target'],
])('a path that conflicts with %s is refused', (_, paths, message) => {
  expect(() => check(...paths)).toThrow(expect.objectContaining({ code: 'BUNDLING_FILES', message }));
});
