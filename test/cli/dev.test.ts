import { ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Stack } from 'aws-cdk-lib';
import { BIN, lazyApi, NODE, synth } from './support';
import { newApi, newApp, routersOf } from '../support/app';
import { cleanEnvironment } from '../support/packed';

const ROUTERS = {
  'src/routers/users.ts': 'let n = 0; export const handler = async (event) => { console.log("user code logs"); return { statusCode: 200, body: `${event.rawPath} ${++n} ${process.pid}` }; };',
  'src/routers/fails.ts': 'export const handler = async () => { throw new Error("broken"); };',
};

let app: string;

beforeAll(() => {
  const assembly = newApp();
  newApi({ routers: routersOf(ROUTERS) }, new Stack(assembly, 'Shop'));
  app = synth(assembly);
});

interface Dev {
  readonly url: string;
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  stdout(): string;
  stderr(): string;
}

const running: ChildProcess[] = [];
afterEach(() => running.splice(0).forEach((child) => child.kill('SIGKILL')));

/** Starts `lazy-api dev`, and waits until it serves. */
async function dev(...args: string[]): Promise<Dev> {
  const child = spawn(process.execPath, [BIN, 'dev', '--app', app, '--node', NODE, '--port', '0', ...args], { env: cleanEnvironment() });
  running.push(child);
  const text = { stdout: '', stderr: '' };
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const url = await new Promise<string>((resolve, reject) => {
    child.stderr.on('data', (chunk) => { text.stderr += chunk; });
    child.stdout.on('data', (chunk) => {
      text.stdout += chunk;
      const [found] = /http:\/\/localhost:\d+/.exec(text.stdout) ?? [];
      if (found) resolve(found);
    });
    void ended.then(() => reject(new Error(text.stderr)));
  });
  return { url, child, ended, stdout: () => text.stdout, stderr: () => text.stderr };
}

async function ask(url: string): Promise<string> {
  const response = await fetch(url);
  return `${response.status} ${await response.text()}`;
}

test('dev serves the API, and writes a line about each request, until it is interrupted', async () => {
  const { url, child, ended, stdout, stderr } = await dev();
  const [, pid] = /^200 \/api\/users\/7 1 (\d+)$/.exec(await ask(`${url}/api/users/7?x=1`))!;
  expect(await ask(`${url}/api/users/7`)).toBe(`200 /api/users/7 2 ${pid}`);
  expect(await ask(`${url}/api/fails`)).toMatch(/^500 .*HANDLER_FAILED/);
  expect(await ask(`${url}/nothing`)).toBe('404 {"message":"Not Found"}');
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  expect(stdout()).toMatch(/^Shop\/Api is at http:\/\/localhost:\d+\. /);
  expect(stdout()).toContain(`\nSee its routers and requests at ${url}/_lazy.\n`);
  expect(stdout()).toMatch(/^\d\d:\d\d:\d\d 200 GET \/api\/users\/7\?x=1 router \/api\/users cold, INIT \d+ ms, (load [\d.]+ ms, )?total \d+ ms$/m);
  expect(stdout()).toMatch(/^\d\d:\d\d:\d\d 200 GET \/api\/users\/7 router \/api\/users warm, total [\d.]+ ms$/m);
  expect(stdout()).toMatch(/^\d\d:\d\d:\d\d 404 GET \/nothing total [\d.]+ ms\n  note: no route matches$/m);
  expect(stderr()).toContain('user code logs');
  expect(() => process.kill(Number(pid), 0)).toThrow(/ESRCH/);
});

test('the page at /_lazy describes the API, and requests for the page do not count', async () => {
  const { url, stdout } = await dev();
  expect(await (await fetch(`${url}/_lazy`)).text()).toContain('<script type="module" src="/_lazy/page.mjs">');
  expect(await (await fetch(`${url}/_lazy/state.json`)).json()).toMatchObject({
    construct: 'Shop/Api', endpoint: 'HTTP API', routers: [{ prefix: '/api/fails' }, { prefix: '/api/users' }], total: { requests: 0 },
  });
  expect(stdout()).not.toMatch(/GET/);
});

test('--cold starts a new environment for each request', async () => {
  const { url } = await dev('--cold');
  expect(await ask(`${url}/api/users`)).toMatch(/^200 \/api\/users 1 /);
  expect(await ask(`${url}/api/users`)).toMatch(/^200 \/api\/users 1 /);
});

test('the error for a port in use says what to do', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { code, stderr } = lazyApi(['dev', '--app', app, '--node', NODE, '--port', String(port)]);
  server.close();
  expect(stderr).toContain(`port ${port} is in use; stop the program that listens there, or choose another port with --port`);
  expect(code).toBe(3);
});

test.each([
  [['--port', 'x'], '--port must be a number from 0 to 65535, got "x"'],
  [['--port', '70000'], '--port must be a number from 0 to 65535, got "70000"'],
  [['--concurrency', '0'], '--concurrency must be a number from 1 to 1000, got "0"'],
])('dev rejects %j', (args, message) => {
  const { code, stderr } = lazyApi(['dev', '--app', app, ...args]);
  expect(stderr).toContain(message);
  expect(code).toBe(2);
});
