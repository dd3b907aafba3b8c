/** What the functions of routers import when a smoke request calls them is part of the plan. */
import * as path from 'path';
import { backend, built, handlerModule, indexOf, python } from './python-project';
import { PythonRouters } from '../../../lib/languages/python/routers';
import { runtimeFiles } from '../../../lib/languages/python/runtime-files';
import { describeBuild } from '../../../lib/routers/asset/manifest';
import { checkBudgets } from '../../../lib/routers/budgets/budgets';
import { Build, BuildOptions, withObservedImports } from '../../../lib/routers/build';
import { PreloadPolicy } from '../../../lib/routers/preload/preload-policy';
import { Verify } from '../../../lib/routers/verification/verify';
import { scratch, writeFiles } from '../../support/project';

/** A handler whose requests run these lines. */
const lazyHandler = (...lines: readonly string[]) => (
  ['def router(event, context):', ...lines.map((line) => `    ${line}`), '    return {"statusCode": 200, "body": ""}', ''].join('\n')
);

const FILES = {
  'shared/render.py': 'def render():\n    from shared import pdf\n    return pdf\n',
  'shared/pdf.py': `import shared.fonts\n${'# a line of a large module\n'.repeat(100)}`,
  'shared/fonts.py': '# fonts\n',
  'api/reports.py': `from shared.render import render\n${lazyHandler('render()')}`,
  'api/letters.py': `from shared.render import render\n${lazyHandler('render()')}`,
  'api/users.py': handlerModule('users'),
};

type SmokeOptions = Partial<BuildOptions> & Pick<NonNullable<Parameters<typeof python>[1]>, 'routers' | 'tools'>;

/** The build after requests to these paths were sent to it. */
function smoke(entry: string, urls: readonly string[], { routers, tools, ...options }: SmokeOptions = {}): Build {
  const requests = path.join(scratch(), 'smoke.json');
  writeFiles(path.dirname(requests), { 'smoke.json': JSON.stringify(urls.map((url) => ({ request: `GET ${url}`, status: 200 }))) });
  const first = built(python(entry, { routers, tools: { runtime: () => runtimeFiles(), ...tools } }), options);
  const { imports } = Verify.atSynth({ requests })._verify(first, { environment: {}, standIns: [], eventSource: 'HTTP API' });
  return withObservedImports(first, imports);
}

function routerOf(build: Build, prefix: string) {
  return describeBuild(build, new Map(), 0).routers.find((router) => router.prefix === prefix)!;
}

test('a function that requests call brings what it imports to every router with the function, in INIT if enough routers need it', () => {
  const build = smoke(backend(FILES), ['/api/reports'], { preload: PreloadPolicy.sharedBy(0.6) });
  expect(routerOf(build, '/api/reports')).toMatchObject({
    chunks: ['shared/render.py', 'api/reports.py'], dynamicChunks: ['shared/fonts.py', 'shared/pdf.py'],
  });
  expect(routerOf(build, '/api/letters').dynamicChunks).toEqual(['shared/fonts.py', 'shared/pdf.py']);
  expect(routerOf(build, '/api/users').dynamicChunks).toBeUndefined();
  expect(indexOf(build)).toContain('    modules=[\n        "shared.render",\n        "shared.pdf",\n    ],\n');
  expect(routerOf(build, '/api/reports').totalBytes).toBeGreaterThan(2700);
});

test('without a request to it, what a function imports is not in the plan', () => {
  const build = smoke(backend(FILES), ['/api/users'], { preload: PreloadPolicy.everything() });
  expect(indexOf(build)).not.toContain('pdf');
  expect(routerOf(build, '/api/reports').dynamicChunks).toBeUndefined();
});

test('budgets count it, and name who imports it', () => {
  expect(() => checkBudgets(smoke(backend(FILES), ['/api/reports']), { routers: { '/api/reports': 1000 } })).toThrow(
    /router \/api\/reports loads [^]*backend\/shared\/pdf\.py, by backend\/api\/reports\.py > backend\/shared\/render\.py > backend\/shared\/pdf\.py/,
  );
});

test('what a router imports by itself and another by a request is dynamic for the latter alone', () => {
  const entry = backend({ ...FILES, 'api/users.py': handlerModule('users', 'import shared.pdf') });
  const build = smoke(entry, ['/api/reports']);
  expect(routerOf(build, '/api/users')).toMatchObject({ chunks: ['shared/fonts.py', 'shared/pdf.py', 'api/users.py'] });
  expect(routerOf(build, '/api/users').dynamicChunks).toBeUndefined();
  expect(routerOf(build, '/api/reports').dynamicChunks).toEqual(['shared/fonts.py', 'shared/pdf.py']);
});

test('packages count as well, in the sizes of the files for Lambda', () => {
  const entry = backend({ 'api/one.py': lazyHandler('__import__("orm.core")'), 'api/two.py': handlerModule('two') });
  const hostDirectory = scratch();
  writeFiles(hostDirectory, { 'orm/__init__.py': '', 'orm/core.py': 'import orm.util\n', 'orm/util.py': '' });
  const names = ['orm/__init__.py', 'orm/core.py', 'orm/util.py'];
  const installer = {
    key: () => 'lock',
    install: () => ({
      files: names.map((name) => ({ path: name, source: path.join(hostDirectory, name), bytes: 1000, digest: name })),
      distributions: [{ name: 'Tiny-ORM', version: '1.0', files: names, bytes: 3000, requires: [] }], hostDirectory, missingOnHost: [], warnings: [],
    }),
  };
  const build = smoke(entry, ['/api/one'], { tools: { installer }, preload: PreloadPolicy.everything() });
  expect(routerOf(build, '/api/one').dynamicChunks).toEqual(['Tiny-ORM']);
  expect(describeBuild(build, new Map(), 0).sharedChunks).toEqual([{ file: 'Tiny-ORM', bytes: 3000, routers: ['/api/one'], contents: ['Tiny-ORM'] }]);
});

test('what INIT imports in functions counts as well', () => {
  const entry = backend({
    'main.py': [
      'async def app(scope, receive, send):', '    if scope["type"] == "lifespan":', '        import database', '        return', '    await receive()',
      '    await send({"type": "http.response.start", "status": 200, "headers": []})', '    await send({"type": "http.response.body", "body": b""})', '',
    ].join('\n'),
    'database.py': 'import drivers\n', 'drivers.py': '',
  });
  const build = smoke(entry, ['/users'], { routers: PythonRouters.fromMap({ '/users': 'main:app' }), preload: PreloadPolicy.everything() });
  expect(routerOf(build, '/users').dynamicChunks).toEqual(['drivers.py', 'database.py']);
});

test('what the application imports for any request counts for all routers', () => {
  const entry = backend({
    'main.py': 'async def app(scope, receive, send):\n    import helpers\n', 'helpers.py': 'import codes\n', 'codes.py': '',
    'api/one.py': handlerModule('one'), 'api/two.py': handlerModule('two'),
  });
  const first = built(python(entry, { app: 'main:app' }), { preload: PreloadPolicy.sharedBy(1) });
  const build = withObservedImports(first, [{ from: 'main.py', file: 'helpers.py' }, { from: 'helpers.py', file: 'codes.py' }]);
  expect(['/api/one', '/api/two'].map((prefix) => routerOf(build, prefix).dynamicChunks)).toEqual([['codes.py', 'helpers.py'], ['codes.py', 'helpers.py']]);
  expect(indexOf(build)).toContain('"helpers"');
});
