/** What routers import is observed with the Python of this machine, and planned as for JavaScript. */
import * as fs from 'fs';
import * as path from 'path';
import { appModule, backend, built, handlerModule, indexOf, python } from './python-project';
import { RouterKind } from '../../../lib/contract/router-kind';
import { PythonRouters } from '../../../lib/languages/python/routers';
import { describeApi } from '../../../lib/monitoring/describe-api';
import { describeBuild } from '../../../lib/routers/asset/manifest';
import { checkBudgets } from '../../../lib/routers/budgets/budgets';
import { CodeFile } from '../../../lib/routers/built-code';
import { PreloadPolicy } from '../../../lib/routers/preload/preload-policy';
import { scratch, writeFiles } from '../../support/project';

const SHARED = {
  'shared/__init__.py': '',
  'shared/db.py': `from shared import model\n${'# a line of a large module\n'.repeat(40)}`,
  'shared/model.py': 'MODEL = 1\n',
  'shared/pdf.py': `${'# a line of a larger module\n'.repeat(100)}`,
};

const ROUTERS = {
  ...SHARED,
  'api/users.py': handlerModule('users', 'from shared import db'),
  'api/orders.py': handlerModule('orders', 'from shared.db import model'),
  'api/reports.py': handlerModule('reports', 'import shared.db', 'import shared.pdf'),
};

test('INIT imports what enough routers share, in the order in which the first router imports it, and leaves the rest lazy', () => {
  const build = built(python(backend(ROUTERS)), { memoryMb: 1769 });
  expect(indexOf(build)).toBe([
    'from lazy_api_main import handler, init',
    '',
    'init(',
    '    modules=[',
    '        "shared",',
    '        "shared.db",',
    '    ],',
    '    routers=[],',
    ')',
    '',
  ].join('\n'));
});

test('INIT loads what ASGI applications need if verification has found one', () => {
  const build = built(python(backend(ROUTERS)));
  const indexWith = (kind: RouterKind) => Buffer.from(build.code.renderIndex(build.plan, new Map([['/api/users', kind]]))[0].contents).toString();
  expect(indexWith('asgi')).toContain('    asgi=True,\n)');
  expect(indexWith('wsgi')).not.toContain('asgi');
});

test('with an application, INIT knows the names of routes in routers that it does not load', () => {
  const routes = 'class Route:\n    def __init__(self, name, routes=None):\n        self.name, self.routes = name, routes\n';
  const router = (...names: string[]) => `from routes import Route\n\n\nclass Router:\n    routes = [${names.join(', ')}]\n\n\nrouter = Router()\n`;
  const files = {
    'routes.py': routes,
    'api/users.py': router('Route("read_user")', 'Route(None, [Route("nested")])'),
    'api/orders.py': router('Route("read_order")', 'Route("files", [Route("below")])'),
    'api/others.py': router('Route("known")', 'object()'),
  };
  const included = { '/api/orders': 'api.orders:router', '/api/others': 'api.others:router', '/api/users': 'api.users:router' };
  const build = built(python(backend({ ...files, 'main.py': appModule(included) }), { app: 'main:app' }), { preload: PreloadPolicy.nothing() });
  expect(indexOf(build)).toContain(
    '    names={\n        "/api/orders": ["files", "read_order"],\n        "/api/users": ["nested", "read_user"],\n    },\n)',
  );
});

test('with an application, the manifest counts the routers without it', () => {
  const included = { '/api/orders': 'api.orders:router', '/api/reports': 'api.reports:router', '/api/users': 'api.users:router' };
  const build = built(python(backend({ ...ROUTERS, 'main.py': appModule(included) }), { app: 'main:app' }));
  const manifest = describeBuild(build, new Map(), 0);
  expect(manifest.routers.filter(({ isApplication }) => isApplication).map(({ prefix }) => prefix)).toEqual(['/']);
  expect(manifest.preload.decisions.find(({ file }) => file === 'shared/db.py')!.reason).toMatch(/^3 of 3 routers \(100 % of cold starts\) need it/);
  expect(describeApi([], manifest)).toMatch(/^3 routers and the application, /);
});

test('the warning about a module that cannot be imported has no values of settings', () => {
  const error = 'class ValidationError(ValueError):\n    def errors(self):\n        return [{"loc": ("PORT",), "msg": "Input should be a valid integer", "type": "int"}]\n';
  const build = built(python(backend({ ...ROUTERS, 'api/users.py': handlerModule('users', error, 'raise ValidationError("input_value: hunter2")') })));
  const text = JSON.stringify([build.built.warnings, describeBuild(build, new Map(), 0)]);
  expect(text).toContain('ValidationError: PORT: Input should be a valid integer');
  expect(text).not.toContain('hunter2');
});

/** The chunks of a router, by its prefix. */
function chunksOf(build: ReturnType<typeof built>, prefix: string): readonly string[] {
  return describeBuild(build, new Map(), 0).routers.find((router) => router.prefix === prefix)!.chunks;
}

test('the manifest says what each router needs: modules of the project one by one, in sizes of the sources', () => {
  const build = built(python(backend(ROUTERS)));
  const { routers, sharedChunks } = describeBuild(build, new Map(), 0);
  expect(routers.map(({ prefix, entry, file }) => [prefix, entry, file])).toEqual([
    ['/api/orders', 'backend/api/orders.py', 'api/orders.py'],
    ['/api/reports', 'backend/api/reports.py', 'api/reports.py'],
    ['/api/users', 'backend/api/users.py', 'api/users.py'],
  ]);
  expect(chunksOf(build, '/api/reports')).toEqual(['shared/__init__.py', 'shared/model.py', 'shared/db.py', 'shared/pdf.py', 'api/reports.py']);
  expect(sharedChunks.map(({ file, bytes, routers: needing }) => [file, bytes, needing.length])).toEqual([
    ['shared/__init__.py', 0, 3],
    ['shared/db.py', Buffer.byteLength(SHARED['shared/db.py']), 3],
    ['shared/model.py', 10, 3],
    ['shared/pdf.py', Buffer.byteLength(SHARED['shared/pdf.py']), 1],
  ]);
});

test('traffic shares decide what INIT loads', () => {
  const entry = backend(ROUTERS);
  const routers = PythonRouters.fromDirectory(path.join(entry, 'api'), { overrides: { reports: { trafficShare: 0.98 } } });
  const preload = PreloadPolicy.sharedBy(0.9);
  const pdf = { file: 'shared/pdf.py', preload: true };
  expect(built(python(entry, { routers }), { preload }).plan.decisions).toContainEqual(expect.objectContaining(pdf));
  expect(built(python(entry), { preload }).plan.decisions).not.toContainEqual(expect.objectContaining(pdf));
});

test('a router with preload: true is loaded completely, and brings its modules itself', () => {
  const entry = backend(ROUTERS);
  const routers = PythonRouters.fromDirectory(path.join(entry, 'api'), { basePath: '/api', overrides: { reports: { preload: true } } });
  expect(indexOf(built(python(entry, { routers }), { preload: PreloadPolicy.nothing() }))).toContain(
    'init(\n    modules=[],\n    routers=[\n        "/api/reports",\n    ],\n)',
  );
});

test('a budget that is exceeded names the modules and who imports them', () => {
  const build = built(python(backend(ROUTERS)));
  expect(() => checkBudgets(build, { routers: { '/api/reports': 2000 } })).toThrow(
    /router \/api\/reports loads 3\.\d KB, budgets\.routers\["\/api\/reports"\] is 2\.0 KB\n.*backend\/shared\/pdf\.py, by backend\/api\/reports\.py > backend\/shared\/pdf\.py/,
  );
});

test('what the application imports is loaded in any case, and its routers need the rest', () => {
  const entry = backend({ ...ROUTERS, 'main.py': appModule({ '/api/users': 'api.users:router' }, 'from shared import db') });
  const build = built(python(entry, { app: 'main:app' }), { preload: PreloadPolicy.nothing() });
  const reasonOf = (file: string) => build.plan.decisions.find((decision) => decision.file === file);
  expect(reasonOf('shared/db.py')).toEqual({ file: 'shared/db.py', preload: true, reason: 'the entry imports it' });
  expect(reasonOf('shared/pdf.py')).toMatchObject({ preload: false });
  expect(build.code.routers.map(({ prefix, name, share }) => [prefix, name, share])).toEqual([
    ['/', 'app', 0], ['/api/orders', 'orders', 1 / 3], ['/api/reports', 'reports', 1 / 3], ['/api/users', 'users', 1 / 3],
  ]);
  expect(indexOf(build)).toContain('init(\n    modules=[],\n    routers=[],\n)');
});

test('a router that the application imports itself is reported with the imports that lead to it', () => {
  const entry = backend({ ...ROUTERS, 'main.py': appModule({}, 'import legacy'), 'legacy.py': 'from api import users\n' });
  expect(built(python(entry, { app: 'main:app' })).built.warnings).toEqual([
    '/api/users is not lazy, because the application imports it: backend/main.py > backend/legacy.py > backend/api/users.py; '
    + 'remove the import, or use include_lazy_routers instead of include_router',
  ]);
});

test('a module that fails when it is imported before its router stays lazy, with the reason', () => {
  const entry = backend({
    ...ROUTERS,
    'shared/late.py': 'import registry\n\nif not registry.ready:\n    raise RuntimeError("the registry is empty")\n',
    'registry.py': 'ready = False\n',
    'api/users.py': handlerModule('users', 'import registry', 'registry.ready = True', 'from shared import late'),
    'api/orders.py': handlerModule('orders', 'import registry', 'registry.ready = True', 'from shared import late'),
    'api/reports.py': handlerModule('reports', 'import registry', 'registry.ready = True', 'from shared import late'),
  });
  const build = built(python(entry));
  expect(indexOf(build)).toContain('modules=[\n        "registry",\n        "shared",\n    ]');
  expect(build.plan.decisions.find(({ file }) => file === 'shared/late.py')).toEqual({
    file: 'shared/late.py', preload: false,
    reason: 'it stays lazy, because the import of shared.late fails before a router is imported: RuntimeError: the registry is empty',
  });
});

test('a module that would import others without its router stays lazy, with the reason', () => {
  const chosen = (name: string) => handlerModule(name, 'import settings', 'settings.driver = "light"', 'import plugin');
  const entry = backend({
    'settings.py': 'driver = "heavy"\n',
    'heavy.py': `${'# a line\n'.repeat(1000)}`,
    'light.py': '',
    'plugin.py': 'from importlib import import_module\nimport settings\n\nimport_module(settings.driver)\n',
    'api/a.py': chosen('a'), 'api/b.py': chosen('b'), 'api/c.py': handlerModule('c', 'import plugin'),
  });
  const build = built(python(entry), { preload: PreloadPolicy.sharedBy(1) });
  expect(build.plan.decisions.find(({ file }) => file === 'plugin.py')).toEqual({
    file: 'plugin.py', preload: false, reason: 'it stays lazy, because the import of plugin without a router also imports heavy',
  });
  expect(indexOf(build)).not.toContain('"plugin"');
});

test('modules that import each other neither loop nor hide what a router needs', () => {
  const entry = backend({
    'a.py': 'import b\n', 'b.py': 'import c\n', 'c.py': 'import a\n',
    'api/one.py': handlerModule('one', 'import a'), 'api/two.py': handlerModule('two', 'import c'),
  });
  const build = built(python(entry), { memoryMb: 1769 });
  expect([...chunksOf(build, '/api/one')].sort()).toEqual(['a.py', 'api/one.py', 'b.py', 'c.py']);
  expect([...chunksOf(build, '/api/two')].sort()).toEqual(['a.py', 'api/two.py', 'b.py', 'c.py']);
  expect(indexOf(build)).toContain('modules=[\n        "a",\n    ]');
});

test('packages of the lock file are one chunk for each set of routers, in the sizes of the files for Lambda', () => {
  const entry = backend({
    'api/one.py': handlerModule('one', 'import orm.core'), 'api/two.py': handlerModule('two', 'import orm.core', 'import orm.extra'),
  });
  const packages = path.join(backend({ 'orm/__init__.py': '', 'orm/core.py': 'import orm.util\n', 'orm/util.py': '', 'orm/extra.py': '' }));
  const names = ['__init__', 'core', 'util', 'extra'].map((name) => `orm/${name}.py`);
  const installer = {
    key: () => 'lock',
    install: () => ({
      files: names.map((name) => ({ path: name, source: path.join(packages, name), bytes: 1000, digest: name })),
      distributions: [{ name: 'Tiny-ORM', version: '1.0', files: names, bytes: 4000, requires: [] }],
      hostDirectory: packages, missingOnHost: [], warnings: [{ id: 'oldWheel', text: 'a wheel is old' }],
    }),
  };
  const build = built(python(entry, { tools: { installer } }), { memoryMb: 1769 });
  const { sharedChunks } = describeBuild(build, new Map(), 0);
  expect(sharedChunks).toEqual([
    { file: 'Tiny-ORM', bytes: 3000, routers: ['/api/one', '/api/two'], contents: ['Tiny-ORM'] },
    { file: 'Tiny-ORM (2)', bytes: 1000, routers: ['/api/two'], contents: ['Tiny-ORM'] },
  ]);
  expect(indexOf(build)).toContain('modules=[\n        "orm",\n        "orm.core",\n    ]');
  expect(build.built.warnings).toEqual(['a wheel is old']);
  expect(built(python(entry, { tools: { installer } }), { preload: PreloadPolicy.memoryAware({ include: ['Tiny-ORM'] }) }).plan.chunks).toContain('Tiny-ORM (2)');
});

test('modules of the standard library that several routers name are loaded in INIT, without a size', () => {
  const entry = backend({ 'api/one.py': handlerModule('one', 'import csv'), 'api/two.py': handlerModule('two', 'import csv', 'import wave') });
  const build = built(python(entry), { memoryMb: 1769 });
  expect(indexOf(build)).toContain('modules=[\n        "csv",\n    ]');
  expect(describeBuild(build, new Map(), 0).sharedChunks).toContainEqual({ file: 'python', bytes: 0, routers: ['/api/one', '/api/two'], contents: [] });
});

test('bytecode goes into the asset, and sizes stay those of the sources', () => {
  const entry = backend(ROUTERS);
  const compile = (modules: readonly CodeFile[]) => ({
    files: modules.map((file) => ({ path: `${file.path}c`, contents: Buffer.from('bytecode') })), warnings: ['shared/db.py cannot be compiled'],
  });
  const [without, compiled] = [built(python(entry)), built(python(entry, { tools: { compile } }))];
  expect(compiled.built.files.map((file) => file.path)).toEqual(expect.arrayContaining(['api/users.pyc', 'lazy_api/entry.pyc', 'lazy_api_main.pyc']));
  expect(compiled.built.warnings).toEqual(['shared/db.py cannot be compiled']);
  expect(compiled.built.chunks).toEqual(without.built.chunks);
});

test('equal sources give equal plans wherever they are, and a router that fails at synthesis is said to be incomplete', () => {
  const broken = { ...ROUTERS, 'api/users.py': 'from shared import db\nraise RuntimeError("no")\n' };
  const [one, two] = [built(python(backend(broken))), built(python(backend(broken)))];
  expect(one.plan).toEqual(two.plan);
  expect(one.built.warnings).toEqual([
    'the preload plan does not know everything that users imports, because its import failed at synthesis: RuntimeError: no',
  ]);
  expect(one.built.chunks).toEqual(two.built.chunks);
});

test('variables of the function are there while routers are observed', () => {
  const entry = backend({ ...SHARED, 'api/users.py': handlerModule('users', 'import os', 'os.environ["TABLE"]', 'from shared import db') });
  expect(built(python(entry, { environment: { TABLE: 'users' } })).built.warnings).toEqual([]);
});

test.each<[string, string]>([
  ['a statement', 'from lib.part import VALUE'],
  ['a statement with the name of the module', 'from lib import part'],
  ['a call', 'from importlib import import_module\nimport_module("lib.part")'],
  ['a name that the package imports when it is asked for', 'from lib import Lazy'],
  ['a function that imports when it is called', 'import lib\nlib.load()'],
  ['a relative name', 'from . import helper'],
])('what an earlier router has imported counts for a later one too, by %s', (_, line) => {
  const entry = backend({
    'api/__init__.py': '', 'api/helper.py': 'import lib.part\n',
    'lib/__init__.py': 'def __getattr__(name):\n    if name != "Lazy":\n        raise AttributeError(name)\n    from lib.part import Lazy\n    globals()["Lazy"] = Lazy\n'
      + '    return Lazy\n\n\ndef load():\n    import lib.part\n',
    'lib/part.py': 'VALUE = 1\n\n\nclass Lazy:\n    pass\n',
    'api/a.py': handlerModule('a', line), 'api/b.py': handlerModule('b', line), 'api/c.py': handlerModule('c', 'import lib'),
  });
  const routers = PythonRouters.fromMap({ '/a': 'api.a:router', '/b': 'api.b:router', '/c': 'api.c:router' });
  const build = built(python(entry, { routers }));
  expect(['/a', '/b', '/c'].map((prefix) => chunksOf(build, prefix).includes('lib/part.py'))).toEqual([true, true, false]);
});

test('a router that ends the process does not hide what the others import', () => {
  const entry = backend({ ...ROUTERS, 'api/orders.py': 'import os\nos._exit(3)\n' });
  const build = built(python(entry));
  expect(chunksOf(build, '/api/reports')).toContain('shared/pdf.py');
  expect(build.built.warnings).toEqual([
    'the preload plan does not know everything that orders imports, because its import failed at synthesis: '
    + 'the import ended the process, which ended with exit code 3',
  ]);
});

describe('an observation is kept in the cache of the project', () => {
  const counted = (file: string) => ['import os', `with open(${JSON.stringify(file)}, "a") as log:`, '    log.write("imported ")'];
  const countOf = (file: string) => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim().split(' ').length : 0);
  const project = (log: string, ...lines: readonly string[]) => backend({ ...ROUTERS, 'api/users.py': handlerModule('users', ...counted(log), ...lines) });

  test('so equal code is not observed again, and gives an equal build', () => {
    const log = path.join(scratch(), 'log');
    const entry = project(log);
    const [first, second] = [built(python(entry)), built(python(entry))];
    expect(countOf(log)).toBe(1);
    expect(second.plan).toEqual(first.plan);
    expect(second.built.chunks).toEqual(first.built.chunks);
  });

  test.each<[string, (entry: string) => ReturnType<typeof python>]>([
    ['a source that changes', (entry) => {
      writeFiles(entry, { 'shared/model.py': 'MODEL = 2\n' });
      return python(entry);
    }],
    ['a variable that changes', (entry) => python(entry, { environment: { STAGE: 'prod' } })],
    ['a router that is added', (entry) => {
      writeFiles(entry, { 'api/extra.py': handlerModule('extra') });
      return python(entry);
    }],
    ['other packages', (entry) => python(entry, { tools: { installer: { key: () => 'other', install: () => ({ files: [], distributions: [], hostDirectory: scratch(), missingOnHost: [], warnings: [] }) } } })],
  ])('except for %s', (_, change) => {
    const log = path.join(scratch(), 'log');
    const entry = project(log);
    built(python(entry));
    built(change(entry));
    expect(countOf(log)).toBe(2);
  });

  test('except for a router that fails, whose cause can be elsewhere', () => {
    const log = path.join(scratch(), 'log');
    const elsewhere = path.join(scratch(), 'elsewhere');
    const entry = project(log, `if not os.path.exists(${JSON.stringify(elsewhere)}):`, '    raise RuntimeError("not there")');
    expect(built(python(entry)).built.warnings).toHaveLength(1);
    fs.writeFileSync(elsewhere, '');
    expect(built(python(entry)).built.warnings).toEqual([]);
  });

  test('except for an application that ends the process', () => {
    const log = path.join(scratch(), 'log');
    const entry = project(log);
    writeFiles(entry, { 'main.py': 'import os\nos._exit(1)\n' });
    for (let i = 0; i < 2; i++) built(python(entry, { app: 'main:app' }));
    expect(fs.readdirSync(path.join(entry, '..'), { recursive: true }).filter((name) => name.includes('imports-'))).toEqual([]);
  });
});
