/**
 * `cdk-lazy-api/testing` as users' test runners load it, from the package.
 */
import { execFileSync, SpawnSyncReturns } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { lambdaNodes } from '../lambda-node';
import { assetOf, newApi } from '../support/app';
import { codeBlocks } from '../support/docs';
import { cleanEnvironment, packLibrary } from '../support/packed';
import { project } from '../support/project';

const ROOT = join(__dirname, '../..');
const VITEST = join(ROOT, 'test/runners/node_modules/vitest');

/** A router whose database only a mock replaces, and one that streams. */
const SOURCES = (ext: string) => ({
  [`src/store.${ext}`]: 'export const find = async (id) => { throw new Error("no database"); };',
  [`src/users.${ext}`]: `
    import { getSecret } from 'cdk-lazy-api/runtime';
    import { find } from './store${ext === 'mjs' ? '.mjs' : ''}';
    export const handler = async (event) => {
      const { user } = await getSecret('DB');
      return { statusCode: 200, body: [await find(event.pathParameters.proxy), user, event.requestContext.authorizer.jwt.claims.sub].join() };
    };`,
  [`src/stream.${ext}`]: `
    import { awslambda } from 'cdk-lazy-api/runtime';
    export const handler = awslambda.streamifyResponse(async (event, stream) => {
      const body = awslambda.HttpResponseStream.from(stream, { statusCode: 202 });
      body.write('a');
      body.end('b');
    });`,
  [`src/app.${ext}`]: 'export default { fetch: (request) => new Response(new URL(request.url).pathname) };',
});

const TESTS = (ext: string) => `
  test('a request reaches a router that uses a mock', async () => {
    const api = createTestApi({
      routers: { '/users': () => import('../src/users${ext}'), '/app': () => import('../src/app${ext}') },
      secrets: { DB: { user: 'ada' } },
    });
    assert.equal(await (await api.request('GET /users/7', { claims: { sub: 'eve' } })).text(), 'mocked 7,ada,eve');
    assert.equal(await (await api.request('GET /app/x')).text(), '/x');
    await api.close();
    assert.equal(process.env.LAZY_API_SECRET_DB, undefined);
  });

  test('a router streams', async () => {
    const api = createTestApi({ routers: { '/': () => import('../src/stream${ext}') }, endpoint: 'functionUrl', streaming: true });
    const response = await api.request('GET /');
    assert.equal(response.status + await response.text(), '202ab');
    await api.close();
  });
`;

const MOCK = 'find: async (id) => `mocked ${id}`';

interface Runner {
  readonly files: Readonly<Record<string, string>>;
  readonly command: readonly [string, ...string[]];
}

const RUNNERS: Readonly<Record<string, Runner>> = {
  'Jest (CommonJS)': {
    files: {
      ...SOURCES('ts'),
      'jest.config.json': JSON.stringify({
        testEnvironment: 'node',
        transform: { '\\.ts$': [join(ROOT, 'node_modules/ts-jest'), { diagnostics: false, tsconfig: { module: 'commonjs', ignoreDeprecations: '6.0', isolatedModules: true } }] },
      }),
      'test/users.test.ts': `
        import assert = require('node:assert/strict');
        import { createTestApi } from 'cdk-lazy-api/testing';
        jest.mock('../src/store', () => ({ ${MOCK} }));
        ${TESTS('')}`,
    },
    command: [process.execPath, join(ROOT, 'node_modules/jest/bin/jest.js'), '--ci', '--runInBand'],
  },
  'Vitest (ESM)': {
    files: {
      ...SOURCES('ts'),
      'package.json': '{ "type": "module", "private": true }',
      'test/users.test.ts': `
        import assert from 'node:assert/strict';
        import { createTestApi } from 'cdk-lazy-api/testing';
        import { test, vi } from 'vitest';
        vi.mock('../src/store', () => ({ ${MOCK} }));
        ${TESTS('')}`,
    },
    command: [process.execPath, join(VITEST, 'vitest.mjs'), 'run', '--no-file-parallelism'],
  },
  'node:test (ESM)': {
    files: {
      ...SOURCES('mjs'),
      'test/users.test.mjs': `
        import assert from 'node:assert/strict';
        import { mock, test } from 'node:test';
        import { createTestApi } from 'cdk-lazy-api/testing';
        mock.module('../src/store.mjs', { namedExports: { ${MOCK} } });
        ${TESTS('.mjs')}`,
    },
    command: [lambdaNodes.at(-1)!.path, '--experimental-test-module-mocks', '--test', 'test/users.test.mjs'],
  },
};

/** The package without esbuild, which `cdk-lazy-api/testing` does not need. */
const tarball = packLibrary();

function install(files: Readonly<Record<string, string>>): string {
  const root = project(files);
  const modules = join(root, 'node_modules');
  mkdirSync(join(modules, 'cdk-lazy-api'), { recursive: true });
  execFileSync('tar', ['xzf', tarball, '--strip-components=1', '--exclude=package/node_modules/esbuild-wasm', '-C', join(modules, 'cdk-lazy-api')]);
  symlinkSync(VITEST, join(modules, 'vitest'), 'junction');
  return root;
}

function run([command, ...args]: Runner['command'], cwd: string): string {
  try {
    return execFileSync(command, args, { cwd, encoding: 'utf8', env: { ...cleanEnvironment(), NO_COLOR: '1' }, stdio: 'pipe' });
  } catch (error) {
    const { stdout, stderr } = error as SpawnSyncReturns<string>;
    throw new Error(`${stdout}\n${stderr}`);
  }
}

test('the examples of the guide pass', () => {
  const files = codeBlocks('docs/testing.md').filter(({ file }) => file !== undefined);
  const root = install({
    'package.json': '{ "type": "module", "private": true }',
    // Node.js only strips types, so an import needs the file extension.
    ...Object.fromEntries(files.map(({ file, text }) => [file!, text.replace(/(routers\/\w+)'/g, '$1.ts\'')])),
  });
  expect(run([lambdaNodes.at(-1)!.path, '--test'], root)).toMatch(/pass 2$/m);
}, 60_000);

test('a built asset runs under the runtime client of the package', () => {
  const root = install({
    'test.mjs': `
    import { createTestApi } from 'cdk-lazy-api/testing';
    const api = createTestApi({ asset: process.argv[2] });
    console.log(await (await api.request('GET /api/users')).text());
    await api.close();`,
  });
  const asset = assetOf(newApi());
  expect(run([lambdaNodes[0].path, 'test.mjs', asset], root)).toMatch(/^users$/m);
}, 60_000);

describe.each(Object.entries(RUNNERS))('%s', (_, { files, command }) => {
  test('the runner loads the routers with its mocks, and the library dispatches requests to them', () => {
    expect(run(command, install(files))).not.toContain('no database');
  }, 60_000);

  test('a test without the mock fails', () => {
    const [test, text] = Object.entries(files).find(([file]) => file.startsWith('test/'))!;
    expect(() => run(command, install({ ...files, [test]: text.replace(/^\s*(jest|vi|mock)\.(mock|module)\(.*$/m, '') }))).toThrow('no database');
  }, 60_000);
});
