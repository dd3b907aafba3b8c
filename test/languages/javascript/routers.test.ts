import * as fs from 'fs';
import * as path from 'path';
import { Routers } from '../../../lib/languages/javascript/routers';
import { RouterProps } from '../../../lib/routers/router-options';
import { javaScript } from '../../support/code';
import { handlerSource, project, scratch } from '../../support/project';

const users = handlerSource('users');

const resolved = (routers: Routers, projectRoot?: string) => javaScript(routers, { projectRoot }).routers;

/** Returns the project root for modules at any paths. */
function rootOf(entries: readonly string[], projectRoot?: string): string {
  const routers = Routers.fromMap(Object.fromEntries(entries.map((entry, i) => [`/${i}`, { entry }])));
  return javaScript(routers, { projectRoot }).projectRoot;
}

function prefixes(routers: Routers) {
  return routers._declarations.map(({ prefix }) => prefix);
}

describe('Routers.fromDirectory', () => {
  test('each top-level module is one router, with any extension, and the routers are sorted', () => {
    const root = project(Object.fromEntries(
      ['z.ts', 'a.tsx', 'b.mts', 'c.cts', 'd.js', 'e.mjs', 'f.cjs', 'g.jsx', 'h/index.ts', 'h/inner.ts', 'i/index.mjs'].map((file) => [`r/${file}`, users]),
    ));
    expect(prefixes(Routers.fromDirectory(path.join(root, 'r')))).toEqual(['/a', '/b', '/c', '/d', '/e', '/f', '/g', '/h', '/i', '/z']);
  });

  test('helpers, hidden files, tests, specs, declarations, and files that are not code are not routers', () => {
    const root = project(Object.fromEntries([
      'users.ts', '_shared.ts', '_lib/index.ts', '.eslintrc.js', '.hidden/index.ts', 'users.test.ts', 'users.spec.tsx', 'types.d.ts', 'types.d.mts',
      '__tests__/users.ts', 'README.md', 'schema.json', 'node_modules/x/index.js',
    ].map((file) => [`r/${file}`, users])));
    expect(prefixes(Routers.fromDirectory(path.join(root, 'r')))).toEqual(['/users']);
  });

  test('JavaScript that tsc wrote next to its source is ignored', () => {
    const root = project(Object.fromEntries(['a.ts', 'a.js', 'b.mts', 'b.mjs', 'c.tsx', 'c.js', 'd/index.ts', 'd/index.js'].map((file) => [`r/${file}`, users])));
    const files = Routers.fromDirectory(path.join(root, 'r'))._declarations.map(({ entry }) => path.relative(path.join(root, 'r'), entry));
    expect(files).toEqual(['a.ts', 'b.mts', 'c.tsx', path.join('d', 'index.ts')]);
  });

  test('every prefix starts with the base path', () => {
    const root = project({ 'r/users.ts': users, 'r/orders/index.ts': users });
    expect(prefixes(Routers.fromDirectory(path.join(root, 'r'), { basePath: '/api/{tenant}' }))).toEqual(['/api/{tenant}/orders', '/api/{tenant}/users']);
  });

  test('a relative path is resolved from the working directory', () => {
    const directory = path.relative(process.cwd(), path.join(project({ 'r/users.ts': users }), 'r'));
    expect(prefixes(Routers.fromDirectory(directory))).toEqual(['/users']);
  });

  test('overrides apply to the router that they name', () => {
    const root = project({ 'r/users.ts': users, 'r/health.ts': users });
    const routers = Routers.fromDirectory(path.join(root, 'r'), { overrides: { health: { preload: true, trafficShare: 0.4, stripPrefix: false } } });
    expect(resolved(routers, root)).toEqual([
      { prefix: '/health', segments: [{ literal: 'health' }], name: 'health', entry: 'r/health.ts', preload: true, stripPrefix: false, share: 0.4 },
      { prefix: '/users', segments: [{ literal: 'users' }], name: 'users', entry: 'r/users.ts', preload: false, stripPrefix: true, share: 0.6 },
    ]);
  });

  test.each<[string, string[], Parameters<typeof Routers.fromDirectory>[1], string, RegExp]>([
    ['an override that names no router', ['users.ts'], { overrides: { usres: { preload: true } } }, 'OVERRIDE_UNMATCHED', /overrides\["usres"\] must name a router.*users/],
    ['a base path with a trailing slash', ['users.ts'], { basePath: '/api/' }, 'PREFIX_INVALID', /^basePath must not end with "\/", got "\/api\/"/],
    ['both users.ts and users/index.ts', ['users.ts', 'users/index.ts'], {}, 'ROUTER_TWICE', /users.index\.ts and .*users\.ts|users\.ts and .*users.index\.ts/],
    ['both users.js and users.mjs', ['users.js', 'users.mjs'], {}, 'ROUTER_TWICE', /users\.js and .*users\.mjs/],
    ['both users.ts and users.tsx', ['users.ts', 'users.tsx'], {}, 'ROUTER_TWICE', /users\.ts and .*users\.tsx/],
    ['two index modules', ['users/index.ts', 'users/index.mjs'], {}, 'ROUTER_TWICE', /index\.ts and index\.mjs/],
    ['a directory without an index module', ['users/list.ts'], {}, 'ROUTER_WITHOUT_INDEX', /users is a directory without an index module.*_users/],
    ['a barrel', ['users.ts', 'index.ts'], {}, 'ROUTER_INDEX', /index\.ts would be a router at "\/index"/],
    ['a directory without routers', ['_helpers.ts', 'README.md'], {}, 'ROUTERS_EMPTY', /must contain at least one router/],
  ])('fails for %s', (_, files, options, code, message) => {
    const root = project(Object.fromEntries(files.map((file) => [`r/${file}`, users])));
    expect(() => Routers.fromDirectory(path.join(root, 'r'), options)).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) }));
  });

  test('the error for a directory that does not exist names the absolute path', () => {
    expect(() => Routers.fromDirectory('src/nowhere')).toThrow(`got "src/nowhere"; looked for ${path.resolve('src/nowhere')}`);
  });

  test('the error for a file name that cannot be a prefix names the file', () => {
    const root = project({ 'r/my users.ts': users });
    expect(() => resolved(Routers.fromDirectory(path.join(root, 'r')), root)).toThrow(/my users\.ts: a router's prefix must not contain " "/);
  });
});

describe('Routers.fromMap', () => {
  const map = (root: string, routers: { [prefix: string]: Partial<RouterProps> }) => resolved(
    Routers.fromMap(Object.fromEntries(Object.entries(routers).map(([prefix, props]) => [prefix, { entry: path.join(root, 'users.ts'), ...props }]))),
    root,
  );

  test('the routers are sorted by prefix and named after their last literal segment', () => {
    const root = project({ 'users.ts': users });
    expect(map(root, { '/b/{id}': {}, '/': {}, '/a/list': {} }).map(({ prefix, name }) => [prefix, name])).toEqual([['/', 'root'], ['/a/list', 'list'], ['/b/{id}', 'b']]);
  });

  test('names are unique, even on a case-insensitive file system', () => {
    const root = project({ 'users.ts': users });
    const names = map(root, { '/a/list': {}, '/b/List': {}, '/a-list': {}, '/c/x': {} }).map(({ name }) => name);
    expect(names).toEqual(['a-list', 'a-list-2', 'b-List', 'x']);
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(4);
  });

  test('routers without trafficShare share the rest equally', () => {
    const root = project({ 'users.ts': users });
    expect(map(root, { '/a': { trafficShare: 0.5 }, '/b': {}, '/c': {} }).map(({ share }) => share)).toEqual([0.5, 0.25, 0.25]);
    expect(map(root, { '/a': { trafficShare: 0.2 }, '/b': { trafficShare: 0.2 } }).map(({ share }) => share)).toEqual([0.5, 0.5]);
  });

  test.each<[string, { [prefix: string]: Partial<RouterProps> }, string, RegExp]>([
    ['an invalid prefix', { users: {} }, 'PREFIX_INVALID', /^routers\["users"\]: a router's prefix must start with/],
    ['prefixes that differ in the name of a parameter', { '/a/{x}': {}, '/a/{y}': {} }, 'PREFIX_AMBIGUOUS', /"\/a\/\{x\}" and "\/a\/\{y\}"/],
    ['prefixes that differ in case', { '/a': {}, '/A': {} }, 'PREFIX_CASE', /"\/A" and "\/a"/],
    ['a share of zero', { '/a': { trafficShare: 0 } }, 'TRAFFIC_SHARE', /routers\["\/a"\].*trafficShare must be a fraction.*got 0/],
    ['a negative share', { '/a': { trafficShare: -1 } }, 'TRAFFIC_SHARE', /got -1/],
    ['a share that is NaN', { '/a': { trafficShare: NaN } }, 'TRAFFIC_SHARE', /got NaN/],
    ['a share above one', { '/a': { trafficShare: 30 } }, 'TRAFFIC_SHARE', /got 30/],
    ['shares with a sum above one', { '/a': { trafficShare: 0.7 }, '/b': { trafficShare: 0.7 } }, 'TRAFFIC_SHARE', /the sum of trafficShare over all routers must be at most 1, got 1\.4/],
    ['an entry that does not exist', { '/a': { entry: '/nowhere/a.ts' } }, 'ENTRY_MISSING', /routers\["\/a"\]: entry must be an existing file, got "\/nowhere\/a\.ts"; looked for \/nowhere\/a\.ts/],
  ])('fails for %s', (_, routers, code, message) => {
    const root = project({ 'users.ts': users });
    expect(() => map(root, routers)).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) }));
  });

  test('the error for a missing extension suggests the existing file', () => {
    const root = project({ 'users.ts': users });
    expect(() => map(root, { '/a': { entry: path.join(root, 'users') } })).toThrow(`did you mean "${path.join(root, 'users.ts')}"?`);
  });

  test('the error for a missing entry names the path as written and the absolute path', () => {
    expect(() => resolved(Routers.fromMap({ '/a': { entry: 'src/nope.ts' } }), process.cwd())).toThrow(`got "src/nope.ts"; looked for ${path.resolve('src/nope.ts')}`);
  });

  test('an empty map is refused', () => {
    expect(() => Routers.fromMap({})).toThrow(expect.objectContaining({ code: 'ROUTERS_EMPTY' }));
  });
});

describe('combined routers', () => {
  const root = () => project({ 'r/users.ts': users, 'r/health.ts': users, 'legacy.ts': users });

  test('can come from a directory and a map, each with its own options', () => {
    const folder = root();
    const directory = Routers.fromDirectory(path.join(folder, 'r'), { basePath: '/api', overrides: { health: { preload: true } } });
    const single = Routers.fromMap({ '/v0/users': { entry: path.join(folder, 'legacy.ts'), stripPrefix: false } });
    const routers = resolved(Routers.combine(directory, Routers.combine(single)), folder);
    expect(routers.map(({ prefix, name, entry, preload, stripPrefix, share }) => [prefix, name, entry, preload, stripPrefix, share])).toEqual([
      ['/api/health', 'health', 'r/health.ts', true, true, 1 / 3],
      ['/api/users', 'api-users', 'r/users.ts', false, true, 1 / 3],
      ['/v0/users', 'v0-users', 'legacy.ts', false, false, 1 / 3],
    ]);
  });

  test.each<[string, string, string, RegExp]>([
    ['with the same prefix', '/users', 'PREFIX_DUPLICATE', /^two routers have the prefix "\/users"; give each router its own prefix, got .*r\/users\.ts and routers\["\/users"\]$/],
    ['with prefixes that differ in case', '/Users', 'PREFIX_CASE', /"\/Users" and "\/users"/],
  ])('%s are refused, and the error names both', (_, prefix, code, message) => {
    const folder = root();
    const single = Routers.fromMap({ [prefix]: { entry: path.join(folder, 'legacy.ts') } });
    expect(() => resolved(Routers.combine(Routers.fromDirectory(path.join(folder, 'r')), single))).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) }));
  });

  test('are refused if there are none, or if they are not made by Routers', () => {
    expect(() => Routers.combine()).toThrow(expect.objectContaining({ code: 'ROUTERS_EMPTY' }));
    expect(() => Routers.combine({ '/users': { entry: 'src/users.ts' } } as never)).toThrow(expect.objectContaining({
      code: 'ROUTERS', message: 'Routers.combine: routers[0] must be made by Routers.fromDirectory(), Routers.fromMap() or Routers.combine(), got an object',
    }));
  });
});

describe('the project root', () => {
  test('is the nearest directory above all routers with a lock file', () => {
    const root = project({ 'packages/a/package.json': '{}', 'packages/a/src/x.ts': users, 'packages/b/src/y.ts': users });
    expect(rootOf([path.join(root, 'packages/a/src/x.ts'), path.join(root, 'packages/b/src/y.ts')])).toBe(root);
  });

  test('is the nearest directory with a package.json if there is no lock file', () => {
    const root = project({ 'inner/package.json': '{}', 'inner/src/x.ts': users });
    fs.rmSync(path.join(root, 'package-lock.json'));
    expect(rootOf([path.join(root, 'inner/src/x.ts')])).toBe(path.join(root, 'inner'));
  });

  test('can be set with projectRoot, which must exist', () => {
    const root = project({ 'src/x.ts': users });
    expect(rootOf([path.join(root, 'src/x.ts')], path.join(root, 'src'))).toBe(path.join(root, 'src'));
    expect(() => rootOf([path.join(root, 'src/x.ts')], path.join(root, 'nowhere'))).toThrow(/bundling\.projectRoot must be an existing directory/);
  });

  test.each(['file', 'directory'])('must contain all routers, even those behind a symbolic link to a %s', (kind) => {
    const elsewhere = path.join(scratch(), 'elsewhere');
    fs.mkdirSync(elsewhere);
    fs.writeFileSync(path.join(elsewhere, 'users.ts'), users);
    const root = project({ 'src/other.ts': users });
    if (kind === 'directory') fs.symlinkSync(elsewhere, path.join(root, 'src/routers'));
    else fs.mkdirSync(path.join(root, 'src/routers')), fs.symlinkSync(path.join(elsewhere, 'users.ts'), path.join(root, 'src/routers/users.ts'));

    const routers = Routers.fromDirectory(path.join(root, 'src/routers'));
    expect(() => resolved(routers)).toThrow(expect.objectContaining({ code: 'ENTRY_OUTSIDE_PROJECT', message: expect.stringContaining(elsewhere) }));
  });
});
