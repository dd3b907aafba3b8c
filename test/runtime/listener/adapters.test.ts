/**
 * Serves an Express app with Node.js's own server, with this library, and with adapters, and compares the responses.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { BYTES, expressApp, seen } from './express-app';
import { fastifyApp } from './fastify-app.cjs';
import { Framework, requireFramework } from './frameworks';
import { ADAPTERS, askAdapter, askFastifyAdapter, askNode } from './servers';
import { endpoints, Received } from '../endpoints';
import { http2, rest, Sent } from '../events';

beforeEach(() => {
  seen.length = 0;
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  jest.spyOn(console, 'error').mockReturnValue(undefined);
});

const base64 = (text: string | Buffer) => ({ body: Buffer.from(text).toString('base64'), isBase64Encoded: true });
const typed = (type: string, ...more: Array<readonly [string, string]>) => ({ method: 'POST', headers: [['Content-Type', type], ...more] as const });
const accepting = (encoding: string): Sent => ({ path: '/compressed', headers: [['Accept-Encoding', encoding]] });

/** Requests whose response must be identical to that of Node.js's server. */
const AS_IN_NODE: { readonly [name: string]: Sent } = {
  'repeated query parameters': { path: '/echo', query: 'a=1&a=2&b=x%20y&c=%2B&d=p,q&e' },
  'a path with a space': { path: '/items/a%20b' },
  'a path with non-ASCII characters': { path: '/items/Zo%C3%AB' },
  'a path with a plus sign': { path: '/items/a+b' },
  'JSON': { path: '/json', ...typed('application/json'), body: '{"a":"ü"}' },
  'JSON in base64': { path: '/json', ...typed('application/json'), ...base64('{"a":"ü"}') },
  'invalid JSON': { path: '/json', ...typed('application/json'), body: '{' },
  'a compressed body': { path: '/json', ...typed('application/json', ['Content-Encoding', 'gzip']), ...base64(gzipSync('{"a":1}')) },
  'a body above the limit of its parser': { path: '/json', ...typed('application/json'), body: JSON.stringify({ a: 'x'.repeat(90) }) },
  'a body with an Expect header': { path: '/json', ...typed('application/json', ['Expect', '100-continue']), body: '{"a":1}' },
  'a GET request with a body': { path: '/json', ...typed('application/json'), method: 'GET', body: '{"a":1}' },
  'a form': { path: '/form', ...typed('application/x-www-form-urlencoded'), body: 'a=1&a=2&b%5Bc%5D=3' },
  'bytes': { path: '/raw', ...typed('application/octet-stream'), method: 'PUT', ...base64(BYTES) },
  'cookies': { path: '/echo', cookies: ['a=1', 'b=2'] },
  'X-Forwarded-* headers of a trusted proxy': {
    path: '/behind-proxy', headers: [['X-Forwarded-For', '198.51.100.1, 203.0.113.7'], ['X-Forwarded-Proto', 'https']],
  },
  'a WebSocket upgrade request': { path: '/echo', headers: [['Connection', 'Upgrade'], ['Upgrade', 'websocket'], ['Sec-WebSocket-Version', '13']] },
  'bytes without a content type': { path: '/bytes' },
  'an image': { path: '/image' },
  'gzip': accepting('gzip'),
  'Brotli': accepting('br'),
  'cookies and headers with several values': { path: '/cookies' },
  'HEAD': { method: 'HEAD', path: '/cookies' },
  'HEAD of a file': { method: 'HEAD', path: '/file' },
  'HEAD of a chunked response': { method: 'HEAD', path: '/chunks' },
  'status 204': { path: '/status/204' },
  'status 304': { path: '/status/304' },
  'OPTIONS': { method: 'OPTIONS', path: '/items/1' },
  'a chunked response': { path: '/chunks' },
  'a chunked response larger than the buffer': { path: '/pressure' },
  'a stream of events': { path: '/events' },
  'a static file': { path: '/static/package.json' },
  'a range of a static file': { path: '/static/package.json', headers: [['Range', 'bytes=0-9']] },
  'a static file that does not exist': { path: '/static/none' },
  'a static directory': { path: '/static/node_modules' },
  'a file': { path: '/file' },
  'a redirect': { path: '/redirect' },
  'an error': { path: '/throw' },
  'a rejection with a status': { path: '/reject' },
  'a path that the app does not define': { path: '/none' },
  'writeHead with a list': { path: '/head-list' },
  'writeHead with an object': { path: '/head-object' },
  'a header after the response': { path: '/late' },
  'an informational response': { path: '/processing' },
  'a response of 4 MB': { path: '/large/4' },
  'events of a request that is not read': { path: '/closes' },
  'the socket members that libraries use': { path: '/socket' },
};

const whole = { resource: '/{proxy+}' };

/** The response, and the events that the app received. */
async function observe(ask: () => Promise<Received>) {
  const { bytes, ...answer } = await ask();
  await new Promise((resolve) => setTimeout(resolve, 5));
  return { ...answer, body: bytes.toString('latin1'), seen: [...new Set(seen.splice(0))] };
}

describe.each(['express4', 'express'])('%s responds as it does behind Node.js\'s own server', (name) => {
  const app = expressApp(name);

  test.each(Object.entries(AS_IN_NODE).filter(([, { path }]) => !(name === 'express4' && path === '/reject')))('%s', async (_, sent) => {
    const expected = await observe(() => askNode(app, sent));
    for (const { ask } of endpoints) expect(await observe(() => ask({ '/': app }, { ...whole, ...sent }))).toEqual(expected);
  });
});

test('an app is mounted as app.use() mounts it', async () => {
  const outer = requireFramework('express')().use('/users', expressApp());
  const sent = { path: '/users/url', query: 'x=1', resource: '/users/{proxy+}' };
  const expected = (await askNode(outer, sent)).bytes.toString();
  expect(expected).toBe('/url?x=1 /users/url?x=1 /users');
  for (const { ask } of endpoints) expect((await ask({ '/users': expressApp() }, sent)).bytes.toString()).toBe(expected);
});

/** Returns one cell of the table. */
type Tell = (answer: Received) => string;
const told: Tell = ({ bytes }) => bytes.toString();
const status: Tell = (answer) => String(answer.status);
const asSent: Tell = ({ bytes }) => (bytes.equals(BYTES) ? 'as sent' : 'corrupt');
const noticed = (what: string): Tell => () => (seen.includes(what) ? 'yes' : 'no');
/** A member of the request as the app received it. */
const saw = (...members: string[]): Tell => (answer) => (answer.status === 200
  ? JSON.stringify(members.reduce((value, member) => value[member], JSON.parse(told(answer)) as Framework)) : status(answer));

/** The request, the observed property of the response, and the event if it does not have payload format 2.0. */
type Difference = readonly [name: string, sent: Sent, tell: Tell, event?: typeof rest];

const OF_EXPRESS: readonly Difference[] = [
  ['bytes without a content type', { path: '/bytes' }, asSent],
  ['an image', { path: '/image' }, asSent],
  ['`/items/100%25` behind an HTTP API', { path: '/items/100%25' }, saw('params', 'id')],
  ['a header sent as `1` and `2`, payload 1.0', { path: '/echo', headers: [['X-Twice', '1'], ['X-Twice', '2']] }, saw('twice'), rest],
  ['a path that the app does not define', { path: '/none' }, status],
  ['`response.writeProcessing()`', { path: '/processing' }, (answer) => (told(answer) === 'ok' ? 'works' : 'is in the body')],
  ['`response.setTimeout()`', { path: '/socket' }, (answer) => (answer.status === 200 ? 'works' : 'throws')],
  ['`response.write()` signals when to wait', { path: '/pressure' }, noticed('drain')],
  ['`close` of a request that is not read', { path: '/closes' }, noticed('closed')],
  ['`keep-alive` in the response', { path: '/keep-alive' }, ({ headers }) => (headers['keep-alive'] ? 'is passed on' : 'is left out')],
  ['an error after the first bytes', { path: '/throw-late' }, status],
  ['a response of 7 MB, not streamed', { path: '/large/7' }, (answer) => (answer.status === 200 ? 'is returned' : status(answer))],
];

const OF_FASTIFY: readonly Difference[] = [
  ['bytes without a content type', { path: '/bytes' }, asSent],
  ['an image', { path: '/image' }, asSent],
  ['`/items/100%25` behind an HTTP API', { path: '/items/100%25' }, saw('params', 'id')],
  ['`?list=a,b`', { path: '/items/1', query: 'list=a,b' }, saw('query', 'list')],
  ['the value of `x-request-id` when the client sends none', { path: '/items/1' }, saw('requestId')],
];

const [{ ask: askRest }, , , { ask: askHttp }] = endpoints;

type Ask = () => Promise<Received | string | undefined>;

/** A row of the table: the result of each server. */
async function compare([name, , tell]: Difference, servers: readonly Ask[]): Promise<string> {
  const cells = [name];
  for (const ask of servers) {
    seen.length = 0;
    const answer = await ask();
    await new Promise((resolve) => setTimeout(resolve, 5));
    cells.push(typeof answer === 'object' ? tell(answer) : answer ?? 'no response');
  }
  return `| ${cells.join(' | ')} |`;
}

const adr = readFileSync(join(__dirname, '../../../docs/adr/0021-listeners.md'), 'utf8').split('\n');

/** The rows of the table with this header. */
function rowsBehind(head: string): string[] {
  const begin = adr.indexOf(head) + 2;
  return adr.slice(begin, begin + adr.slice(begin).indexOf(''));
}

test('ADR 21 lists the differences between adapters for Express', async () => {
  const app = expressApp();
  const rows: string[] = [];
  for (const difference of OF_EXPRESS) {
    const [, sent, , event = http2] = difference;
    rows.push(await compare(difference, [
      () => askNode(app, sent).catch(() => 'hangs up'),
      () => (event === rest ? askRest : askHttp)({ '/': app }, { ...whole, ...sent }),
      ...ADAPTERS.map((adapter) => () => askAdapter(adapter, app, event({ ...whole, ...sent }))),
    ]));
  }
  expect(rowsBehind(`| Express | Node.js | this library | ${ADAPTERS.join(' | ')} |`)).toEqual(rows);
});

test('ADR 21 lists the differences of the adapter for Fastify', async () => {
  const app = fastifyApp(requireFramework);
  await app.ready();
  const adapted = askFastifyAdapter(OF_FASTIFY.map(([, sent]) => http2({ ...whole, ...sent })));
  const rows: string[] = [];
  for (const [i, difference] of OF_FASTIFY.entries()) {
    const [, sent] = difference;
    rows.push(await compare(difference, [() => askNode(app.routing, sent), () => askHttp({ '/': app }, { ...whole, ...sent }), async () => adapted[i]]));
  }
  expect(rowsBehind('| Fastify | Node.js | this library | @fastify/aws-lambda |')).toEqual(rows);
});
