import { execFileSync } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { createLazyApi } from '../../../lib/runtime/lazy-api';
import { lambdaNodes } from '../../lambda-node';
import { http2 } from '../events';
import { apiOf, captureLog, contextOf, parts } from '../support';

type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

const sent = { path: '/users/7', resource: '/users/{proxy+}' };
const ask = (listener: Listener, more = {}, remaining?: number) => {
  const routes = [{ prefix: '/users', load: async () => ({ listener }) }];
  return createLazyApi({ routes }, {}, parts).handler(http2({ ...sent, ...more }), contextOf(remaining));
};

test('a listener returns a response', async () => {
  const result = await ask((request, response) => response.setHeader('content-type', 'text/plain').end(`${request.method} ${request.url}`));
  expect(result).toEqual({ statusCode: 200, headers: { 'content-type': 'text/plain', 'content-length': '6' }, body: 'GET /7', isBase64Encoded: false });
});

test('headers that belong to the connection do not reach the endpoint', async () => {
  const { headers, body } = await ask((_, response) => {
    response.writeHead(200, { 'Connection': 'keep-alive', 'Transfer-Encoding': 'chunked', 'Content-Type': 'text/plain', 'X-Own': 'yes' });
    response.write('a');
    response.end('b');
  });
  expect({ headers, body }).toEqual({ headers: { 'content-type': 'text/plain', 'x-own': 'yes' }, body: 'ab' });
});

test('trailers and the Trailer header are left out', async () => {
  const { headers, body } = await ask((_, response) => {
    response.writeHead(200, { 'Trailer': 'X-Sum', 'Content-Type': 'text/plain' }).write('a');
    response.addTrailers({ 'X-Sum': '1' });
    response.end('b');
  });
  expect({ headers, body }).toEqual({ headers: { 'content-type': 'text/plain' }, body: 'ab' });
});

test('informational responses are left out', async () => {
  const { statusCode, body } = await ask((_, response) => {
    response.writeContinue();
    response.writeEarlyHints({ link: '</style.css>; rel=preload' });
    response.writeHead(201, { 'content-type': 'text/plain' }).end('\r\n\r\nhere');
  });
  expect({ statusCode, body }).toEqual({ statusCode: 201, body: '\r\n\r\nhere' });
});

test('a body written in many pieces, larger than any buffer, arrives completely', async () => {
  const piece = 'x'.repeat(100_000);
  const { body } = await ask(async (_, response) => {
    response.setHeader('content-type', 'text/plain');
    for (let i = 0; i < 20; i++) if (!response.write(piece)) await new Promise((resolve) => response.once('drain', resolve));
    response.end();
  });
  expect(body).toHaveLength(2_000_000);
});

test('Content-Length is the length of the body that the listener reads, and a HEAD response has no body', async () => {
  const read: Listener = async (request, response) => {
    const { length } = Buffer.concat(await request.toArray() as Buffer[]);
    response.setHeader('content-type', 'text/plain').end(`${length} ${request.headers['content-length']}`);
  };
  expect((await ask(read, { method: 'POST', body: 'Zoë', headers: [['Content-Length', '99']] })).body).toBe('4 4');
  expect((await ask(read)).body).toBe('0 undefined');
  expect(await ask(read, { method: 'HEAD' })).toMatchObject({ statusCode: 200, body: '' });
});

test.each<[string, Listener, string]>([
  ['throws', () => { throw new Error('boom'); }, 'HANDLER_FAILED'],
  ['rejects', async () => { throw new Error('boom'); }, 'HANDLER_FAILED'],
  ['rejects after part of its response', async (_, response) => { response.write('half'); throw new Error('boom'); }, 'HANDLER_FAILED'],
  ['destroys the socket', (request) => request.socket.destroy(), 'RESULT_MALFORMED'],
])('a listener that %s gets a 500 response with a code', async (_, listener, code) => {
  const lines = captureLog();
  expect(await ask(listener)).toMatchObject({ statusCode: 500, body: expect.stringContaining(code) });
  expect(lines).toMatchObject([{ code, router: '/users' }]);
});

test('shortly before the function\'s timeout, the listener sees a closed connection', async () => {
  captureLog();
  const closed = jest.fn();
  expect(await ask((request, response) => { request.on('aborted', closed); response.on('close', closed); }, {}, 20)).toMatchObject({ statusCode: 504 });
  await new Promise(setImmediate);
  expect(closed).toHaveBeenCalledTimes(2);
});

test('the response emits finish and close, as in a server', async () => {
  const events: string[] = [];
  await ask((_, response) => {
    for (const name of ['finish', 'close']) response.on(name, () => events.push(name));
    response.end();
  });
  await new Promise(setImmediate);
  expect(events).toEqual(['finish', 'close']);
});

test('a request whose body is not read emits end and close, too', async () => {
  const events: string[] = [];
  await ask((request, response) => {
    for (const name of ['end', 'close']) request.on(name, () => events.push(name));
    response.end();
  }, { method: 'POST', body: 'unread' });
  await new Promise(setImmediate);
  expect(events).toEqual(['end', 'close']);
});

test('a handler that happens to have a method of an app is a handler', async () => {
  const handler = Object.assign(async () => ({ statusCode: 204 }), { handle: () => {} });
  expect(await apiOf({ '/users': handler }).handler(http2(sent), contextOf())).toMatchObject({ statusCode: 204 });
});

test.each(lambdaNodes)('on $runtime, the listener part does not load Node.js\'s fetch implementation', ({ path }) => {
  const script = 'await import(process.argv[1]); console.log(process.moduleLoadList.filter((name) => /undici|http_server/.test(name)).join())';
  const part = join(__dirname, '../../../lib/runtime/listener.mjs');
  expect(execFileSync(path, ['--input-type=module', '-e', script, part], { encoding: 'utf8' }).trim()).toBe('NativeModule _http_server');
});
