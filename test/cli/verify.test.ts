import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import * as path from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Architecture } from 'aws-cdk-lib/aws-lambda';
import { BIN, lazyApi, NODE, synth } from './support';
import { Routers, Verify } from '../../lib';
import { lambdaNodes } from '../lambda-node';
import { assetOf, newApi, newApp, routersOf } from '../support/app';
import { handlerSource, project, scratch, writeFiles } from '../support/project';

function built(files: { readonly [file: string]: string }) {
  const assembly = newApp();
  const api = newApi({ routers: routersOf(files), verify: Verify.off(), environment: { NEEDED: 'set' } }, new Stack(assembly, 'Shop'));
  return { app: synth(assembly), asset: assetOf(api) };
}

function smokeFile(requests: unknown): string {
  const file = path.join(scratch(), 'smoke.json');
  fs.writeFileSync(file, JSON.stringify(requests));
  return file;
}

const GOOD = { 'src/routers/users.ts': handlerSource('users'), 'src/routers/orders.ts': 'if (process.env.NEEDED !== "set") throw new Error("NEEDED is missing"); export const handler = async () => ({ statusCode: 201 });' };

test('verify loads all routers of all APIs of an app, with the variables of the function', () => {
  const { app } = built(GOOD);
  expect(lazyApi(['verify', '--app', app])).toMatchObject({ code: 0, stdout: 'ok Shop/Api: 2 of 2 routers loaded\n', stderr: '' });
  expect(JSON.parse(lazyApi(['verify', '--app', app, '--json']).stdout)).toEqual({
    ok: true,
    apis: [{
      name: 'Shop/Api',
      routers: [{ prefix: '/api/orders', entry: 'src/routers/orders.ts', kind: 'lambda' }, { prefix: '/api/users', entry: 'src/routers/users.ts', kind: 'lambda' }],
      requests: 0,
      warnings: [],
    }],
  });
});

test('verify accepts the directory of an asset', () => {
  const { asset } = built(GOOD);
  expect(lazyApi(['verify', asset])).toMatchObject({ code: 0, stdout: `ok ${asset}: 2 of 2 routers loaded\n` });
});

test('an error says that the directory of the assembly is not an asset', () => {
  const { app } = built(GOOD);
  const { code, stderr } = lazyApi(['verify', app]);
  expect(code).toBe(3);
  expect(stderr).toBe(`error: ${app} must be the asset of a LazyApiFunction or LazyPythonApiFunction, like cdk.out/asset.3f1c: its manifest.json names no routers; run "npx cdk synth"\n`);
});

test('verify loads an asset outside an assembly with the variables from --env', () => {
  const { asset } = built(GOOD);
  const copy = path.join(scratch(), 'a copy');
  fs.cpSync(asset, copy, { recursive: true });
  expect(lazyApi(['verify', copy])).toMatchObject({ code: 1, stderr: expect.stringContaining('NEEDED is missing') as unknown });
  expect(lazyApi(['verify', copy, '--env', 'NEEDED=set'])).toMatchObject({ code: 0 });
});

test('the error about a router that does not load names the module and the chunk, and says what to do', () => {
  const { asset } = built(GOOD);
  const copy = path.join(scratch(), 'asset');
  fs.cpSync(asset, copy, { recursive: true });
  fs.writeFileSync(path.join(copy, 'routers/users.mjs'), 'import "only-at-home"; export const handler = async () => ({});');
  const { code, stdout, stderr } = lazyApi(['verify', copy, '--env', 'NEEDED=set']);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain('  router  /api/users (src/routers/users.ts)\n  chunk   routers/users.mjs\n  missing only-at-home\n');
  expect(stderr).toContain('Fix the import of the missing module');
  expect(JSON.parse(lazyApi(['verify', copy, '--json']).stdout)).toMatchObject({ ok: false, apis: [{ problem: expect.stringContaining('only-at-home') as unknown }] });
});

test('packages of the project replace packages in the asset that are for another platform', () => {
  const root = project({
    'src/routers/users.ts': `import native from 'native'; if (native !== 'of the project') throw new Error(native); ${handlerSource('users')}`,
    'node_modules/native/package.json': '{ "name": "native", "version": "1.0.0" }',
    'node_modules/native/index.js': 'module.exports = "of the project";',
  });
  const architecture = process.arch === 'arm64' ? Architecture.X86_64 : Architecture.ARM_64;
  const assembly = newApp();
  const api = newApi({ routers: Routers.fromDirectory(path.join(root, 'src/routers')), bundling: { externalModules: ['native'] }, architecture, verify: Verify.off() }, new Stack(assembly, 'Shop'));
  const app = synth(assembly);
  writeFiles(assetOf(api), { 'node_modules/native/index.js': 'module.exports = "for Lambda";' });
  expect(lazyApi(['verify', '--app', app])).toMatchObject({ code: 0, stdout: 'ok Shop/Api: 1 of 1 router loaded\n' });
});

test('--node chooses the Node.js that runs the routers', () => {
  const [major] = /\d+/.exec(lambdaNodes[lambdaNodes.length - 1].runtime)!;
  const { app } = built({ 'src/routers/users.ts': `if (!process.version.startsWith('v${major}.')) throw new Error('on ' + process.version); ${handlerSource('users')}` });
  const smoke = smokeFile([{ request: 'GET /api/users' }]);
  expect(lazyApi(['verify', '--app', app, '--node', NODE, '--smoke', smoke])).toMatchObject({ code: 0, stdout: 'ok Shop/Api: 1 of 1 router loaded, 1 smoke request passed\n' });
  expect(lazyApi(['verify', '--app', app, '--node', 'nowhere'])).toMatchObject({ code: 3, stderr: 'error: --node must be the path of Node.js, got "nowhere", which does not run\n' });
});

test('smoke requests are sent, and their statuses are compared', () => {
  const { app } = built(GOOD);
  const right = smokeFile([{ request: 'GET /api/users' }, { request: 'POST /api/orders', body: {}, status: 201 }]);
  expect(lazyApi(['verify', '--app', app, '--smoke', right])).toMatchObject({ code: 0, stdout: 'ok Shop/Api: 2 of 2 routers loaded, 2 smoke requests passed\n' });
  const { code, stderr } = lazyApi(['verify', '--app', app, '--smoke', smokeFile([{ request: 'GET /api/orders' }])]);
  expect(code).toBe(1);
  expect(stderr).toContain('  request GET /api/orders (requests[0])\n  router  /api/orders\n  status  201, expected 200');
});

test('an invalid file of smoke requests is an error', () => {
  const { app } = built(GOOD);
  const verifyWith = (requests: unknown) => lazyApi(['verify', '--app', app, '--smoke', smokeFile(requests)]);
  expect(verifyWith([{ reqest: 'GET /' }])).toMatchObject({ code: 3, stderr: expect.stringMatching(/^error: --smoke \(.*smoke\.json\)\[0\]/) as unknown });
  expect(verifyWith([{ request: 'GET /nowhere' }])).toMatchObject({
    code: 3, stderr: 'error: requests[0].request must have a path that a router serves, got "/nowhere"; the prefixes are /api/orders, /api/users\n',
  });
});

describe('a deployed API', () => {
  let server: Server;
  const asked: string[] = [];
  beforeAll((done) => {
    server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url} ${request.headers['content-type'] ?? ''}`.trim());
      response.statusCode = request.url!.includes('users') ? 200 : 500;
      response.end();
    }).listen(0, '127.0.0.1', done);
  });
  afterAll((done) => void server.close(done));

  /** Runs the command asynchronously, because the server is in this process. */
  const verifyUrl = (...args: string[]) => new Promise<{ code: number | null; stdout: string }>((resolve) => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/prod/`;
    const child = spawn(process.execPath, [BIN, 'verify', '--url', url, ...args]);
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => { stdout += text; });
    child.on('close', (code) => resolve({ code, stdout }));
  });

  test('gets the same requests', async () => {
    const { code, stdout } = await verifyUrl('--smoke', smokeFile([{ request: 'GET /api/users' }, { request: 'POST /api/orders', body: { a: 1 }, status: 201 }]));
    expect({ code, stdout }).toEqual({ code: 1, stdout: 'ok GET /api/users: 200\nfailed POST /api/orders: 500, expected 201\n' });
    expect(asked).toEqual(['GET /prod/api/users', 'POST /prod/api/orders application/json']);
  });

  test('passes if it responds with the expected status', async () => {
    const { code, stdout } = await verifyUrl('--json', '--smoke', smokeFile([{ request: 'GET /api/users' }]));
    expect({ code, ...JSON.parse(stdout) as object }).toMatchObject({ code: 0, ok: true, requests: [{ request: 'GET /api/users', expected: 200, status: 200 }] });
  });

  test('needs a file of requests', () => {
    expect(lazyApi(['verify', '--url', 'https://example.com'])).toMatchObject({ code: 2, stderr: expect.stringContaining('--url needs --smoke FILE') as unknown });
  });
});

test('verify finds a router that does not load if synthesis did not verify it', () => {
  const { app } = built({ ...GOOD, 'src/routers/broken.ts': 'throw new Error("not at load"); export const handler = 1;' });
  expect(lazyApi(['verify', '--app', app])).toMatchObject({ code: 1, stderr: expect.stringMatching(/router {2}\/api\/broken [^]*error {3}Error: not at load/) as unknown });
});

test('a shared module that does not load is named with the imports that lead to it', () => {
  const router = 'import { value } from "../middle"; export const handler = async () => ({ statusCode: 200, body: value });';
  const { app } = built({
    'src/routers/users.ts': router,
    'src/routers/orders.ts': router,
    'src/middle.ts': 'export { value } from "./deep";',
    'src/deep.ts': 'if (!("missing" in process.env)) throw new Error("not here"); export const value = "x";',
  });
  const { code, stderr } = lazyApi(['verify', '--app', app]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^ {2}imports src\/routers\/\w+\.ts > src\/middle\.ts > src\/deep\.ts$/m);
});
