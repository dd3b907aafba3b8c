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

test('a listener answers', async () => {
  const result = await ask((request, response) => response.setHeader('content-type', 'text/plain').end(`${request.method} ${request.url}`));
  expect(result).toEqual({ statusCode: 200, headers: { 'content-type': 'text/plain', 'content-length': '6' }, body: 'GET /7', isBase64Encoded: false });
});

test('what a connection is told of its own is not told to the endpoint', async () => {
  const { headers, body } = await ask((_, response) => {
    response.writeHead(200, { 'Connection': 'keep-alive', 'Transfer-Encoding': 'chunked', 'Content-Type': 'text/plain', 'X-Own': 'yes' });
    response.write('a');
    response.end('b');
  });
  expect({ headers, body }).toEqual({ headers: { 'content-type': 'text/plain', 'x-own': 'yes' }, body: 'ab' });
});

test('trailers are left out, and what announces them', async () => {
  const { headers, body } = await ask((_, response) => {
    response.writeHead(200, { 'Trailer': 'X-Sum', 'Content-Type': 'text/plain' }).write('a');
    response.addTrailers({ 'X-Sum': '1' });
    response.end('b');
  });
  expect({ headers, body }).toEqual({ headers: { 'content-type': 'text/plain' }, body: 'ab' });
});

test('informational answers are left out', async () => {
  const { statusCode, body } = await ask((_, response) => {
    response.writeContinue();
    response.writeEarlyHints({ link: '</style.css>; rel=preload' });
    response.writeHead(201, { 'content-type': 'text/plain' }).end('\r\n\r\nhere');
  });
  expect({ statusCode, body }).toEqual({ statusCode: 201, body: '\r\n\r\nhere' });
});

test('a body that is written in many pieces, larger than any buffer, arrives as a whole', async () => {
  const piece = 'x'.repeat(100_000);
  const { body } = await ask(async (_, response) => {
    response.setHeader('content-type', 'text/plain');
    for (let i = 0; i < 20; i++) if (!response.write(piece)) await new Promise((resolve) => response.once('drain', resolve));
    response.end();
  });
  expect(body).toHaveLength(2_000_000);
});

test('the length of the body is true of the body that the listener reads, and a HEAD request has none', async () => {
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
  ['rejects in the middle of its answer', async (_, response) => { response.write('half'); throw new Error('boom'); }, 'HANDLER_FAILED'],
  ['hangs up', (request) => request.socket.destroy(), 'RESULT_MALFORMED'],
])('a listener that %s is answered for', async (_, listener, code) => {
  const lines = captureLog();
  expect(await ask(listener)).toMatchObject({ statusCode: 500, body: expect.stringContaining(code) });
  expect(lines).toMatchObject([{ code, router: '/users' }]);
});

test('shortly before the function\'s time is up, the listener sees its caller hang up', async () => {
  captureLog();
  const closed = jest.fn();
  expect(await ask((request, response) => { request.on('aborted', closed); response.on('close', closed); }, {}, 20)).toMatchObject({ statusCode: 504 });
  await new Promise(setImmediate);
  expect(closed).toHaveBeenCalledTimes(2);
});

test('the response finishes and closes, as in a server', async () => {
  const events: string[] = [];
  await ask((_, response) => {
    for (const name of ['finish', 'close']) response.on(name, () => events.push(name));
    response.end();
  });
  await new Promise(setImmediate);
  expect(events).toEqual(['finish', 'close']);
});

test('a request whose body is not read ends and closes, too', async () => {
  const events: string[] = [];
  await ask((request, response) => {
    for (const name of ['end', 'close']) request.on(name, () => events.push(name));
    response.end();
  }, { method: 'POST', body: 'unread' });
  await new Promise(setImmediate);
  expect(events).toEqual(['end', 'close']);
});

test('a handler that happens to have a method like an app is a handler', async () => {
  const handler = Object.assign(async () => ({ statusCode: 204 }), { handle: () => {} });
  expect(await apiOf({ '/users': handler }).handler(http2(sent), contextOf())).toMatchObject({ statusCode: 204 });
});

test.each(lambdaNodes)('on $runtime, the part does not make Node.js load its fetch implementation', ({ path }) => {
  const script = 'await import(process.argv[1]); console.log(process.moduleLoadList.filter((name) => /undici|http_server/.test(name)).join())';
  const part = join(__dirname, '../../../lib/runtime/listener.mjs');
  expect(execFileSync(path, ['--input-type=module', '-e', script, part], { encoding: 'utf8' }).trim()).toBe('NativeModule _http_server');
});
