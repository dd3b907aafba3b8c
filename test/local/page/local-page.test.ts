import { get, IncomingMessage, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { ApiManifest } from '../../../lib/contract/manifest';
import { LocalEndpoint } from '../../../lib/local/endpoint/local-endpoint';
import { PageState } from '../../../lib/local/page/page-state';
import { FUNCTION_URL, HTTP_API, routeOf, startServer } from '../support';

const MANIFEST: ApiManifest = {
  version: 1,
  routers: [{ prefix: '/users', name: 'users', entry: 'src/users.ts', file: 'routers/users.mjs', bytes: 10, totalBytes: 30, chunks: ['routers/users.mjs'] }],
  sharedChunks: [],
  preload: { policy: 'nothing', initBytes: 5, decisions: [] },
  totalBytes: 35,
  neededShare: 1,
};

/** Responds with the event, and writes no line about the request. */
const ECHO = 'export const handler = async (event) => ({ statusCode: event.rawPath?.endsWith("/fails") ? 500 : 200, body: JSON.stringify(event) });';

const start = (endpoint: LocalEndpoint = HTTP_API, source = ECHO) =>
  startServer(source, endpoint, { page: { construct: 'Shop/Api', notes: [], manifest: MANIFEST } });

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

function ask(port: number, path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request({ port, host: '127.0.0.1', path, method, headers, agent: false }, (message) => {
      let body = '';
      message.setEncoding('utf8').on('data', (text) => { body += text; }).on('end', () => resolve({ status: message.statusCode!, headers: message.headers, body }));
    }).on('error', reject).end();
  });
}

async function stateAt(port: number): Promise<PageState> {
  return JSON.parse((await ask(port, '/_lazy/state.json')).body) as PageState;
}

/** The states that the page gets as events. */
function listen(port: number) {
  const states: PageState[] = [];
  let text = '';
  const client = get({ port, host: '127.0.0.1', path: '/_lazy/events', agent: false }, (message) => {
    message.setEncoding('utf8').on('error', () => {}).on('data', (chunk: string) => {
      const parts = (text + chunk).split('\n\n');
      text = parts.pop()!;
      states.push(...parts.map((part) => JSON.parse(part.replace(/^data: /, '')) as PageState));
    });
  });
  client.on('error', () => {});
  const closed = new Promise<void>((resolve) => client.on('close', resolve));
  const next = async (count: number) => {
    while (states.length < count) await wait(5);
    return states;
  };
  return { client, closed, next };
}

test.each(['/_lazy', '/_lazy/', '/_lazy?x=1', '/_lazy/page.css', '/_lazy/page.mjs', '/_lazy/state.json'])('%s is served with a strict content security policy', async (path) => {
  const { port } = await start();
  const { status, headers } = await ask(port, path);
  expect(status).toBe(200);
  expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:");
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['access-control-allow-origin']).toBeUndefined();
});

test.each([
  ['GET', '/_lazy/nothing', 404], ['GET', '/_lazy/../local-page.js', 404], ['GET', '/_lazy/..%2flocal-page.js', 404], ['POST', '/_lazy', 405], ['HEAD', '/_lazy/events', 405],
])('the response to %s %s has the status %i', async (method, path, status) => {
  const { port } = await start();
  expect((await ask(port, path, {}, method)).status).toBe(status);
});

test.each(['localhost', 'LOCALHOST:3000', '127.0.0.1:3000', '[::1]:3000'])('the host %s is served', async (host) => {
  const { port } = await start();
  expect((await ask(port, '/_lazy/state.json', { host })).status).toBe(200);
});

test.each(['evil.example', 'localhost.evil.example', '127.0.0.1.nip.io:3000', 'evil.example:80#localhost'])('the host %s is refused, because it can be a website whose name resolves to this machine', async (host) => {
  const { port } = await start();
  for (const path of ['/_lazy', '/_lazy/state.json', '/_lazy/events', '/_lazy/page.mjs']) expect((await ask(port, path, { host })).status).toBe(403);
});

test('a server without a page passes the path to the endpoint', async () => {
  const { port } = await startServer(ECHO, FUNCTION_URL);
  expect(JSON.parse((await ask(port, '/_lazy')).body)).toMatchObject({ rawPath: '/_lazy' });
});

test('the page takes precedence over a route for all paths, which still gets paths like /_lazyness', async () => {
  const { port, written } = await start({ ...HTTP_API, routes: [routeOf('ANY', '/{proxy+}')] });
  expect((await ask(port, '/_lazy')).headers['content-type']).toBe('text/html; charset=utf-8');
  expect((await ask(port, `http://localhost:${port}/_lazy/page.css`)).headers['content-type']).toBe('text/css; charset=utf-8');
  expect(JSON.parse((await ask(port, '/_lazyness')).body)).toMatchObject({ rawPath: '/_lazyness' });
  expect((await written(1)).map(({ path }) => path)).toEqual(['/_lazyness']);
});

test('requests update the state of the page', async () => {
  const { port, written } = await start();
  expect(await stateAt(port)).toMatchObject({
    construct: 'Shop/Api', functionName: 'api', endpoint: 'HTTP API', build: { kind: 'built' }, failedBuilds: 0,
    routers: [{ prefix: '/users', bytes: 10, totalBytes: 30, state: 'lazy', requests: 0, errors: 0 }], environments: { alive: 0, coldStarts: 0 }, requests: [],
  });
  await ask(port, '/users/fails');
  await written(1);
  expect((await stateAt(port)).routers).toMatchObject([{ state: 'lazy', requests: 1, errors: 1, lastStatus: 500 }]);
  await ask(port, '/users/1', { 'x-lazy-tester': 'mark-1' });
  await written(2);
  const { routers, environments, total, requests } = await stateAt(port);
  expect(routers).toMatchObject([{ state: 'loaded', loadedIn: 1, requests: 2, errors: 1, lastStatus: 200 }]);
  expect(environments).toMatchObject({ alive: 1, coldStarts: 1, meanInitMs: expect.any(Number) as number });
  expect(total).toEqual({ requests: 2, errors: 1 });
  expect(requests).toMatchObject([{ number: 2, path: '/users/1', tester: 'mark-1', cold: false }, { number: 1, path: '/users/fails', cold: true }]);
});

test('the function does not get the header of the request tester', async () => {
  const { port } = await start();
  expect((await ask(port, '/users', { 'X-Lazy-Tester': 'mark-1' })).body).not.toMatch(/tester/i);
});

test('an environment that has ended no longer counts, nor do the routers that it loaded', async () => {
  const { port, lambda } = await start();
  await ask(port, '/users');
  await (await lambda.invoke('{}')).environment.end();
  expect(await stateAt(port)).toMatchObject({ environments: { alive: 0, coldStarts: 1 }, routers: [{ state: 'lazy' }] });
});

test('a client gets an event for a change, and fewer events for a burst of changes', async () => {
  const { port } = await start();
  await ask(port, '/users');
  const { client, next } = listen(port);
  await next(1);
  await Promise.all(Array.from({ length: 20 }, async () => ask(port, '/users')));
  while ((await stateAt(port)).total.requests < 21) await wait(5);
  await wait(200);
  const states = await next(2);
  expect(states.at(-1)!.total.requests).toBe(21);
  expect(states.length).toBeLessThan(15);
  client.destroy();
});

test('clients that disconnect leave nothing behind, and closing the server disconnects the others', async () => {
  const before = resources();
  const { port, close } = await start();
  for (let i = 0; i < 30; i++) {
    const { client, closed, next } = listen(port);
    if (i % 2 === 0) await next(1);
    client.destroy();
    await closed;
  }
  const { closed, next } = listen(port);
  await next(1);
  await close();
  await closed;
  await wait(100);
  expect(resources().length).toBeLessThanOrEqual(before.length);
});

function resources(): string[] {
  return process.getActiveResourcesInfo().filter((resource) => /TCP|Process|Timeout/.test(resource)).sort();
}
