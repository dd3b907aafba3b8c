/**
 * Cookies, bodies and headers are the same through every endpoint.
 */
import { endpoints, Received } from './endpoints';
import { Sent } from './events';
import { ApiEvent } from '../../lib/runtime/events';
import { FetchRouter } from '../../lib/runtime/router-types';

type Body = ConstructorParameters<typeof Response>[0];

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 255]);

const ask = (sent: Partial<Sent>): Sent => ({ path: '/users/7', resource: '/users/{proxy+}', ...sent });

/** What a fetch router saw, as its answer. */
const mirror: FetchRouter = {
  fetch: async (request) => {
    const { pathname, search } = new URL(request.url);
    const header = (name: string) => request.headers.get(name);
    return Response.json({
      method: request.method, pathname, search, cookie: header('cookie'), type: header('content-type'), many: header('x-many'), prefix: header('x-forwarded-prefix'),
      body: Buffer.from(await request.arrayBuffer()).toString('latin1'),
    });
  },
};

const nothing = { method: 'GET', pathname: '/7', search: '', cookie: null, type: null, many: null, prefix: '/users', body: '' };

describe.each(endpoints)('through a $name', ({ payload, ask: send }) => {
  const through = (router: unknown, sent: Partial<Sent> = {}): Promise<Received> => send({ '/users': router }, ask(sent));

  describe('a fetch router sees', () => {
    test.each<[string, Partial<Sent>, Partial<typeof nothing> | { [name: string]: unknown }]>([
      ['a plain request', {}, {}],
      ['cookies', { cookies: ['a=1', 'b=2'] }, { cookie: 'a=1; b=2' }],
      ['a header of several values', { headers: [['X-Many', '1'], ['X-Many', '2']] }, { many: expect.stringMatching(/^1, ?2$/) }],
      ['JSON', { method: 'POST', headers: [['Content-Type', 'application/json']], body: '{"name":"Zoë"}' }, { method: 'POST', type: 'application/json', body: Buffer.from('{"name":"Zoë"}').toString('latin1') }],
      ['bytes', { method: 'PUT', headers: [['Content-Type', 'image/png']], body: PNG.toString('base64'), isBase64Encoded: true }, { method: 'PUT', type: 'image/png', body: PNG.toString('latin1') }],
      ['a query with duplicates and escapes', { query: 'a=1&a=2&b=%C3%BC' }, { search: '?a=1&a=2&b=%C3%BC' }],
      ['a path beyond ASCII', { path: '/users/%C3%BC' }, { pathname: '/%C3%BC' }],
      ['an empty body', { method: 'DELETE' }, { method: 'DELETE' }],
    ])('%s', async (_, sent, expected) => {
      expect(JSON.parse((await through(mirror, sent)).bytes.toString())).toEqual({ ...nothing, ...expected });
    });
  });

  describe('the client receives from a fetch router', () => {
    const answered = async (body: Body, init: ResponseInit, sent: Partial<Sent> = {}) => through({ fetch: () => new Response(body, init) }, sent);

    test.each<[string, Body, ResponseInit, Partial<Received>]>([
      ['text', 'Zoë', { headers: { 'content-type': 'text/plain' } }, { status: 200, headers: { 'content-type': 'text/plain' }, bytes: Buffer.from('Zoë') }],
      ['bytes', PNG, { status: 201, headers: { 'content-type': 'image/png' } }, { status: 201, headers: { 'content-type': 'image/png' }, bytes: PNG }],
      ['cookies', null, { headers: [['set-cookie', 'a=1; Path=/'], ['set-cookie', 'b=2, 3']] }, { cookies: ['a=1; Path=/', 'b=2, 3'] }],
      ['a header of several values', null, { headers: [['x-many', '1'], ['x-many', '2']] }, { headers: { 'x-many': '1, 2' } }],
      ['a redirect', null, { status: 302, headers: { location: '/users/8?a=1' } }, { status: 302, headers: { location: '/users/8?a=1' } }],
      ['no content', null, { status: 204, headers: { 'x-a': '1' } }, { status: 204, headers: { 'x-a': '1' } }],
      ['not modified', null, { status: 304, headers: { etag: '"1"' } }, { status: 304, headers: { etag: '"1"' } }],
      ['an error of the router\'s', '{"no":1}', { status: 422, headers: { 'content-type': 'application/json' } }, { status: 422, headers: { 'content-type': 'application/json' }, bytes: Buffer.from('{"no":1}') }],
    ])('%s', async (_, body, init, expected) => {
      expect(await answered(body, init)).toEqual({ status: 200, headers: {}, cookies: [], bytes: Buffer.alloc(0), ...expected });
    });

    test('a head without a body', async () => {
      const received = await answered('text', { headers: { 'content-type': 'text/plain', 'content-length': '4' } }, { method: 'HEAD' });
      expect(received).toEqual({ status: 200, headers: { 'content-type': 'text/plain', 'content-length': '4' }, cookies: [], bytes: Buffer.alloc(0) });
    });

    test('a body that is made while it is sent', async () => {
      const body = new ReadableStream<Uint8Array>({
        async start(controller) {
          for (const chunk of ['one', 'two', 'three']) {
            await new Promise(setImmediate);
            controller.enqueue(Buffer.from(chunk));
          }
          controller.close();
        },
      });
      expect((await answered(body, {})).bytes.toString()).toBe('onetwothree');
    });
  });

  test.each<[string, Partial<Sent>, string, boolean]>([
    ['text', { headers: [['Content-Type', 'application/json']], body: '{"name":"Zoë"}' }, '{"name":"Zoë"}', false],
    ['bytes', { headers: [['Content-Type', 'image/png']], body: PNG.toString('base64'), isBase64Encoded: true }, PNG.toString('base64'), true],
  ])('a Lambda handler sees %s', async (_, sent, body, isBase64Encoded) => {
    const seen: unknown[] = [];
    await through(async (event: ApiEvent) => { seen.push(event.body, event.isBase64Encoded); return { statusCode: 204 }; }, { method: 'POST', ...sent });
    expect(seen).toEqual([body, isBase64Encoded]);
  });

  test('the client receives from a Lambda handler its cookies, headers and bytes', async () => {
    const cookies = ['a=1; Path=/', 'b=2, 3'];
    const received = await through(async () => ({
      statusCode: 201, headers: { 'X-A': '1', 'Content-Type': 'image/png' }, body: PNG.toString('base64'), isBase64Encoded: true,
      ...payload === '2.0' ? { cookies } : { multiValueHeaders: { 'Set-Cookie': cookies } },
    }));
    expect(received).toEqual({ status: 201, headers: { 'x-a': '1', 'content-type': 'image/png' }, cookies, bytes: PNG });
  });
});
