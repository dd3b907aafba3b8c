/**
 * The guarantee of the handler: whatever a router throws or a caller sends, there is a response, and a line in the log if it can be written.
 */
import { http2, rest } from './events';
import { apiOf, bodyOf, captureLog, contextOf } from './support';
import { addCorsHeaders } from '../../lib/runtime/endpoint/rest';
import { ApiEvent } from '../../lib/runtime/events';
import { report, RequestReporter } from '../../lib/runtime/report/report';

afterEach(() => jest.restoreAllMocks());

const boom = () => { throw new Error('no'); };
const hostile = (target: object) => new Proxy(target, { get: boom, has: boom, ownKeys: boom, getPrototypeOf: boom, getOwnPropertyDescriptor: boom });

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

/** Its code can be read only once. */
function onceCoded(): Error {
  let reads = 0;
  const error = Object.assign(new Error('x'), { [Symbol.for('cdk-lazy-api')]: true });
  return Object.defineProperty(error, 'code', { get: () => (reads++ ? boom() : 'SECRET_REFUSED') });
}

const marked = (members: object) => Object.assign(new Error('x'), { [Symbol.for('cdk-lazy-api')]: true, code: 'SECRET_REFUSED', ...members });

const THROWN: Array<[string, () => unknown, string?]> = [
  ['a revoked proxy', revoked],
  ['a proxy of an error', () => hostile(new Error('x'))],
  ['a proxy of a function', () => hostile(() => {})],
  ['an error whose message throws', () => Object.defineProperty(new Error('x'), 'message', { get: boom })],
  ['an error whose name throws', () => Object.defineProperty(new Error('x'), 'name', { get: boom })],
  ['an error whose stack cannot be text', () => Object.assign(new Error('x'), { stack: Object.create(null) as string })],
  ['an error whose cause is a revoked proxy', () => new Error('x', { cause: revoked() })],
  ['an object without a prototype', () => Object.create(null)],
  ['an object that cannot be converted to text', () => ({ toString: boom, valueOf: boom, [Symbol.toPrimitive]: boom })],
  ['a symbol', () => Symbol('x')],
  ['a bigint', () => 1n],
  ['a coded error whose code changes', onceCoded, 'SECRET_REFUSED'],
  ['a coded error with a hostile message', () => marked({ message: { toString: boom } })],
  ['a coded error with hostile fields', () => marked({ fields: hostile({}) })],
  ['a coded error with fields that cannot be written', () => marked({ fields: { router: 1n, chunk: { toJSON: boom } } }), 'SECRET_REFUSED'],
  ['a coded error with an unknown code', () => marked({ code: 'constructor' })],
];

describe.each([['with a reporter', report({ everyRequest: true, path: true, perRouterMetrics: true, perVersionMetrics: false })], ['without', undefined]])('%s', (_, reporter) => {
  const extras = { report: reporter, finish: addCorsHeaders({ allowOrigins: ['*'], allowCredentials: false, exposeHeaders: [] }) };
  const ask = (router: unknown, event: ApiEvent = http2({ resource: '/' })) => apiOf({ '/': router }, { extras }).handler(event, contextOf());

  test.each(THROWN)('a router that throws %s gets a 500 response', async (__, create, code = 'HANDLER_FAILED') => {
    captureLog();
    const fetch = () => { throw create(); };
    for (const router of [fetch, async () => fetch(), { fetch }, { fetch: async () => fetch() }]) {
      const result = await ask(router);
      expect([result.statusCode, bodyOf(result)]).toEqual([500, { message: 'Internal Server Error', code, requestId: 'request-1' }]);
    }
  });

  test.each<[string, unknown]>([
    ['a revoked proxy', revoked()], ['a hostile proxy', hostile({})], ['a proxy of a function', hostile(() => {})], ['a hostile promise', { get then() { return boom(); } }],
    ['a hostile status', { statusCode: { toString: boom } }], ['something that throws a revoked proxy', { get statusCode() { throw revoked(); } }],
    ['a hostile response', hostile(new Response('x'))],
  ])('a router that returns %s gets a 500 response', async (__, value) => {
    captureLog();
    for (const router of [() => value, async () => value, { fetch: () => value }, { fetch: async () => value }]) expect((await ask(router)).statusCode).toBe(500);
  });

  const response = { status: 200, headers: new Headers(), arrayBuffer: async () => new ArrayBuffer(0) };

  test.each<[string, object]>([
    ['a hostile body', { arrayBuffer: boom }], ['a body that is not bytes', { arrayBuffer: async () => 5 }], ['headers that cannot be read', { headers: { forEach: boom, getSetCookie: boom } }],
    ['headers without cookies', { headers: new Map() }], ['a fractional status', { status: 200.5 }], ['a status that HTTP does not have', { status: 999 }], ['an informational status', { status: 103 }], ['NaN as status', { status: NaN }],
  ])('a response from a library with %s is replaced by a 500 response', async (__, odd) => {
    captureLog();
    expect((await ask({ fetch: () => response })).statusCode).toBe(200);
    expect((await ask({ fetch: () => ({ ...response, ...odd }) })).statusCode).toBe(500);
  });

  test('a response from a library whose stream cannot be canceled still reaches the caller', async () => {
    captureLog();
    for (const cancel of [boom, () => 5, async () => boom(), undefined]) {
      expect((await ask({ fetch: () => ({ ...response, status: 204, body: { cancel } }) })).statusCode).toBe(204);
    }
  });

  let deep: unknown = {};
  for (let i = 0; i < 200_000; i++) deep = { requestId: deep, stage: deep, http: deep, authorizer: deep };
  const ODD = [undefined, null, 0, 'x', [], {}, [[]], '200', deep, { toString: 1, toJSON: 1, constructor: 1, __proto__: null }];

  test.each(ODD.map((value, i) => [i, value] as const))('an event with odd value %i in any place gets a response', async (__, value) => {
    captureLog();
    const routers = [async () => ({ statusCode: 200 }), { fetch: () => new Response('ok') }];
    const events: unknown[] = [value, { requestContext: value }, { version: '2.0', requestContext: value }];
    for (const event of [http2({ path: '/x', resource: '/{proxy+}', body: 'x' }), http2({ path: '/x' }), rest({ path: '/x', resource: '/{proxy+}', body: 'x' })]) {
      for (const name of Object.keys(event)) events.push({ ...event, [name]: value });
      for (const name of Object.keys(event.requestContext)) events.push({ ...event, requestContext: { ...event.requestContext, [name]: value } });
    }
    for (const event of events) for (const router of routers) expect((await ask(router, event as ApiEvent)).statusCode).toBeGreaterThanOrEqual(200);
  });

  test('an event that the router makes hostile still gets a response', async () => {
    captureLog();
    const spoil = (event: object) => ['requestContext', 'headers', 'version'].forEach((name) => Object.defineProperty(event, name, { get: boom }));
    expect((await ask((event: object) => { spoil(event); throw new Error('x'); })).statusCode).toBe(500);
    expect((await ask((event: object) => { spoil(event); return { statusCode: 200 }; })).statusCode).toBe(500);
  });
});

test('the caller gets a response if the reporter throws', async () => {
  captureLog();
  const reporter: RequestReporter = { initDone: boom, answered: boom };
  const api = apiOf({ '/': async () => ({ statusCode: 201 }), '/bad': boom }, { extras: { report: reporter } });
  await api.init({ base: '', chunks: [], routers: [], fetch: false });
  expect((await api.handler(http2({ resource: '/' }), contextOf())).statusCode).toBe(201);
  expect((await api.handler(http2({ resource: '/bad' }), contextOf())).statusCode).toBe(500);
});

test('the caller gets a response if the log cannot be written', async () => {
  jest.spyOn(process.stdout, 'write').mockImplementation(boom);
  const api = apiOf({ '/': async () => ({ statusCode: 201 }), '/bad': boom }, { extras: { report: report({ everyRequest: true, path: false, perRouterMetrics: false, perVersionMetrics: false }) } });
  expect((await api.handler(http2({ resource: '/' }), contextOf())).statusCode).toBe(201);
  expect((await api.handler(http2({ resource: '/bad' }), contextOf())).statusCode).toBe(500);
});
