import { FetchRouterBindings } from '../../../lib/runtime/router-types';
import { formats, functionUrl, http2, rest, Sent } from '../events';
import { bodyOf, apiOf, captureLog, contextOf, recorder } from '../support';

const context = contextOf();

afterEach(() => jest.restoreAllMocks());

describe.each(formats)('a fetch router behind a $name', ({ payload, event, encoding }) => {
  const below = (sent: Sent) => event({ ...sent, path: `/users${sent.path ?? ''}`, resource: sent.path ? '/users/{proxy+}' : '/users' });

  async function ask(sent: Sent, answer?: (request: Request) => Response | Promise<Response>) {
    const router = recorder(answer);
    const result = await apiOf({ '/users': router }).handler(below(sent), context);
    return { result, request: router.requests[0], asked: router.requests.length };
  }

  test('sees the path below its prefix, on the host that was asked, and is told what was taken away', async () => {
    const { request } = await ask({ path: '/7/posts', query: 'a=1&a=2&b=%20' });
    const url = new URL(request.url);
    expect(url.origin).toMatch(/^https:\/\/id\.(execute-api|lambda-url)\.eu-central-1\./);
    expect(url.pathname).toBe('/7/posts');
    expect(url.searchParams.getAll('a')).toEqual(['1', '2']);
    expect(url.searchParams.get('b')).toBe(' ');
    expect(request.headers.get('x-forwarded-prefix')).toBe('/users');
  });

  test('does not believe the prefix that a caller claims', async () => {
    const { request } = await ask({ headers: [['X-Forwarded-Prefix', '/evil']] });
    expect(request.headers.get('x-forwarded-prefix')).toBe('/users');
  });

  test('gets event, request context and Lambda context', async () => {
    let bindings: FetchRouterBindings | undefined;
    const sent = below({ path: '/7' });
    const router = { fetch(this: unknown, _: Request, given: FetchRouterBindings) { bindings = given; return new Response(String(this === router)); } };
    const result = await apiOf({ '/users': router }).handler(sent, context);
    expect(bindings).toEqual({ event: sent, requestContext: sent.requestContext, lambdaContext: context });
    expect(result.body).toBe('true');
  });

  test('gets method, headers and cookies', async () => {
    const { request } = await ask({ method: 'DELETE', headers: [['X-A', '1'], ['X-A', '2']], cookies: ['a=1', 'b=2'] });
    expect(request.method).toBe('DELETE');
    expect(request.headers.get('x-a')?.replace(', ', ',')).toBe('1,2');
    expect(request.headers.get('cookie')).toBe('a=1; b=2');
  });

  test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('gets the body of a %s as it came, text or binary', async (method) => {
    const text = await ask({ method, body: '{"ü":1}' });
    expect(await text.request.text()).toBe('{"ü":1}');
    expect(text.request.headers.get('content-type')).toBeNull();
    const binary = await ask({ method, body: Buffer.from([0, 255, 128]).toString('base64'), isBase64Encoded: true });
    expect([...new Uint8Array(await binary.request.arrayBuffer())]).toEqual([0, 255, 128]);
  });

  test('gets no body when there is none', async () => {
    expect((await ask({ method: 'POST' })).request.body).toBeNull();
    expect((await ask({ method: 'POST', body: '' })).request.body).toBeNull();
  });

  test.each(['GET', 'HEAD'])('gets a %s without its body, which is logged once', async (method) => {
    const lines = captureLog();
    const router = recorder();
    const api = apiOf({ '/users': router });
    for (let i = 0; i < 2; i++) await api.handler(below({ method, body: 'x', headers: [['content-length', '1']] }), context);
    expect(router.requests).toHaveLength(2);
    expect(router.requests[0].headers.has('content-length')).toBe(false);
    expect(lines).toMatchObject([{ level: 'WARN', code: 'BODY_DROPPED', router: '/users' }]);
  });

  test.each(['TRACE', 'CONNECT', 'TRACK', 'trace'])('is not asked with %s', async (method) => {
    captureLog();
    const { result, asked } = await ask({ method });
    expect(result.statusCode).toBe(405);
    expect(bodyOf(result)).toEqual({ message: 'Method Not Allowed', code: 'METHOD_UNSUPPORTED', requestId: 'request-1' });
    expect(asked).toBe(0);
  });

  test.each(['/../admin', '/%2e%2e/admin', '/a/%2E./b', '/.'])('is not asked for %s', async (path) => {
    captureLog();
    const { result, asked } = await ask({ path });
    expect(result.statusCode).toBe(400);
    expect(asked).toBe(0);
  });

  test('gets escaped what its endpoint decoded', async () => {
    const { request } = await ask({ path: '/a%20b/%C3%BC/100%25/a%23b' });
    expect(new URL(request.url).pathname).toBe('/a%20b/%C3%BC/100%25/a%23b');
    expect(new URL((await ask({ path: '/a%2Fb' })).request.url).pathname).toBe(encoding === 'encoded' ? '/a%2Fb' : '/a/b');
  });

  test('stays on its host whatever the path', async () => {
    const { request } = await ask({ path: '//evil.example/%5C%5Cevil.example' });
    expect(new URL(request.url).hostname).toMatch(/^id\./);
    expect(new URL(request.url).pathname).toBe('//evil.example/%5C%5Cevil.example');
  });

  test('does not get headers that a Request cannot carry, and each is logged once', async () => {
    const lines = captureLog();
    const router = recorder();
    const api = apiOf({ '/users': router });
    for (let i = 0; i < 2; i++) await api.handler(below({ headers: [['X-Name', 'snow ☃'], ['X Odd', '1'], ['X-Ok', '1']] }), context);
    expect(router.requests[0].headers.get('x-ok')).toBe('1');
    expect(router.requests[0].headers.has('x-name')).toBe(false);
    expect(lines.map(({ code, header }) => [code, header?.toLowerCase()])).toEqual([['HEADER_DROPPED', 'x-name'], ['HEADER_DROPPED', 'x odd']]);
    expect(JSON.stringify(lines)).not.toContain('snow');
  });

  test('answers with several cookies', async () => {
    const { result } = await ask({}, () => new Response('ok', { headers: [['set-cookie', 'a=1; Path=/'], ['set-cookie', 'b=2'], ['x-a', '1'], ['x-a', '2']] }));
    expect(result).toEqual(payload === '2.0'
      ? { statusCode: 200, headers: { 'content-type': 'text/plain;charset=UTF-8', 'x-a': '1, 2' }, cookies: ['a=1; Path=/', 'b=2'], body: 'ok', isBase64Encoded: false }
      : {
        statusCode: 200,
        multiValueHeaders: { 'content-type': ['text/plain;charset=UTF-8'], 'x-a': ['1, 2'], 'set-cookie': ['a=1; Path=/', 'b=2'] },
        body: 'ok',
        isBase64Encoded: false,
      });
  });

  test.each([
    'text/html', 'text/plain; charset=utf-8', 'application/json', 'application/problem+json; charset="UTF-8"', 'application/xml', 'image/svg+xml',
    'text/javascript', 'application/javascript', 'application/x-www-form-urlencoded', 'application/graphql',
  ])('answers %s as text', async (type) => {
    const { result } = await ask({}, () => new Response('\ufeffgrüß', { headers: { 'content-type': type } }));
    expect(result).toMatchObject({ body: '\ufeffgrüß', isBase64Encoded: false });
  });

  test.each([
    [{ 'content-type': 'image/png' }], [{ 'content-type': 'application/octet-stream' }], [{ 'content-type': 'text/html; charset=iso-8859-1' }],
    [{ 'content-type': 'text/html', 'content-encoding': 'gzip' }], [{}],
  ] as Array<[Record<string, string>]>)('answers %j as base64', async (headers) => {
    const { result } = await ask({}, () => new Response(Buffer.from('abc'), { headers }));
    expect(result).toMatchObject({ body: 'YWJj', isBase64Encoded: true });
  });

  test('answers text that is not UTF-8 as base64', async () => {
    const { result } = await ask({}, () => new Response(Buffer.from([0xff, 0xfe]), { headers: { 'content-type': 'text/plain' } }));
    expect(result).toMatchObject({ body: '//4=', isBase64Encoded: true });
  });

  test.each([204, 205, 304])('answers %d without a body', async (status) => {
    const { result } = await ask({}, () => new Response(null, { status, headers: { etag: 'x' } }));
    expect(result).toMatchObject({ statusCode: status, body: '', isBase64Encoded: false });
  });

  test('answers HEAD without the body that it was given', async () => {
    const { result } = await ask({ method: 'HEAD' }, () => new Response('text', { headers: { 'content-length': '4' } }));
    expect(result).toMatchObject({ statusCode: 200, body: '', isBase64Encoded: false });
  });

  test('answers a stream', async () => {
    const stream = new ReadableStream({ start: (controller) => { controller.enqueue(Buffer.from('a')); controller.enqueue(Buffer.from('b')); controller.close(); } });
    expect((await ask({}, () => new Response(stream, { headers: { 'content-type': 'text/plain' } }))).result.body).toBe('ab');
  });

  test.each([
    ['nothing', undefined], ['text', 'text'], ['a result of a Lambda handler', { statusCode: 200 }], ['an error response', Response.error()],
  ])('that answers %s is malformed', async (_, answer) => {
    const lines = captureLog();
    const { result } = await ask({}, () => answer as Response);
    expect(bodyOf(result)).toMatchObject({ code: 'RESULT_MALFORMED' });
    expect(lines).toMatchObject([{ level: 'ERROR', code: 'RESULT_MALFORMED', router: '/users', requestId: 'request-1' }]);
  });

  test('that answers more than Lambda takes is refused', async () => {
    captureLog();
    const ofSize = (size: number) => ask({}, () => new Response('x'.repeat(size), { headers: { 'content-type': 'text/plain' } }));
    expect((await ofSize(6_291_000)).result.statusCode).toBe(200);
    expect(bodyOf((await ofSize(6_291_556)).result)).toMatchObject({ code: 'RESULT_TOO_LARGE' });
  });

  test('that throws answers 500 without telling why', async () => {
    const lines = captureLog();
    const { result } = await ask({}, () => { throw new Error('secret'); });
    expect(result).toMatchObject({ statusCode: 500, headers: { 'content-type': 'application/json' } });
    expect(bodyOf(result)).toEqual({ message: 'Internal Server Error', code: 'HANDLER_FAILED', requestId: 'request-1' });
    expect(lines).toMatchObject([{ code: 'HANDLER_FAILED', router: '/users', requestId: 'request-1', error: { message: 'secret' } }]);
  });

  test('sees the whole path when its prefix is kept', async () => {
    const router = recorder();
    await apiOf({ '/users': router }, { stripPrefix: false }).handler(below({ path: '/7' }), context);
    expect(new URL(router.requests[0].url).pathname).toBe('/users/7');
    expect(router.requests[0].headers.has('x-forwarded-prefix')).toBe(false);
  });
});

describe('a mounted router that answers 404', () => {
  const notFound = () => new Response('', { status: 404 });
  const codes = (lines: ReturnType<typeof captureLog>) => lines.map(({ code }) => code);

  test('is told once that it may declare its prefix twice, when it has answered nothing else', async () => {
    const lines = captureLog();
    const api = apiOf({ '/users': recorder(notFound) });
    for (let i = 0; i < 3; i++) await api.handler(functionUrl({ path: '/users/7' }), context);
    expect(lines).toMatchObject([{ level: 'INFO', code: 'PREFIX_TWICE', router: '/users' }]);
    expect(lines[0].message).toContain('stripPrefix');
  });

  test('is left alone once it has answered something else', async () => {
    const lines = captureLog();
    const api = apiOf({ '/users': recorder((request) => (request.url.endsWith('/7') ? new Response() : notFound())) });
    for (const path of ['/users/7', '/users/8']) await api.handler(functionUrl({ path }), context);
    expect(codes(lines)).toEqual([]);
  });

  test.each([
    ['/users/:id', ['PREFIX_TWICE']], ['/users', ['PREFIX_TWICE']], ['/users2', []], ['/:id', []],
  ])('and declares its routes, here %s, is known by them', async (path, expected) => {
    const lines = captureLog();
    await apiOf({ '/users': { ...recorder(notFound), routes: [{ path }] } }).handler(functionUrl({ path: '/users/7' }), context);
    expect(codes(lines)).toEqual(expected);
  });

  test.each([['whose prefix is kept', '/users', false as const], ['at the root', '/', undefined]])('%s is left alone', async (_, prefix, stripPrefix) => {
    const lines = captureLog();
    await apiOf({ [prefix]: recorder(notFound) }, { stripPrefix }).handler(functionUrl({ path: '/users/7' }), context);
    expect(codes(lines)).toEqual([]);
  });
});

test('a router may bring a Response of its own', async () => {
  const own = { status: 201, headers: new Headers({ 'content-type': 'text/plain' }), arrayBuffer: async () => new TextEncoder().encode('own').buffer };
  expect(await apiOf({ '/': { fetch: () => own } }).handler(http2({ resource: '/' }), context)).toMatchObject({ statusCode: 201, body: 'own' });
});

test('without a domain name, as in a test, the host header is all there is', async () => {
  const router = recorder();
  const api = apiOf({ '/': router });
  for (const [host, proto] of [['localhost:3000', 'http'], ['user@evil.example/x', 'https']]) {
    const event = rest({ resource: '/' });
    const headers = { 'Host': [host], 'X-Forwarded-Proto': [proto] };
    await api.handler({ ...event, multiValueHeaders: headers, requestContext: { ...event.requestContext, domainName: undefined } }, context);
  }
  expect(router.requests.map(({ url }) => url)).toEqual(['http://localhost:3000/', 'https://localhost/']);
});

test('an event that says nothing of a method is the caller\'s mistake', async () => {
  captureLog();
  const result = await apiOf({ '/': recorder() }).handler({ version: '2.0', routeKey: 'ANY /', rawPath: '/' } as never, context);
  expect(bodyOf(result)).toMatchObject({ code: 'REQUEST_INVALID' });
});
