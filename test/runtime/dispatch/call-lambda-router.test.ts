import fc from 'fast-check';
import { CallableHandler } from '../../../lib/runtime/dispatch/router-module';
import { formats, http2 } from '../events';
import { apiOf, bodyOf, captureLog, contextOf } from '../support';

const context = contextOf();

afterEach(() => jest.restoreAllMocks());

describe.each(formats)('a Lambda proxy handler behind a $name', ({ payload, event: build }) => {
  const event = build({ path: '/users', resource: '/users' });
  const ask = (handler: CallableHandler) => apiOf({ '/users': handler }).handler(event, context);
  const answering = (value: unknown) => ask(async () => value);

  test('receives the event and the context unchanged', async () => {
    const handler = jest.fn().mockResolvedValue({ statusCode: 204 });
    expect(await ask(handler)).toEqual({ statusCode: 204 });
    expect(handler).toHaveBeenCalledTimes(1);
    expect(handler.mock.calls[0]).toHaveLength(2);
    expect(handler.mock.calls[0][0]).toBe(event);
    expect(handler.mock.calls[0][1]).toBe(context);
  });

  test('can return a result without a promise', async () => {
    expect(await ask(() => ({ statusCode: 200, body: 'ok' }))).toEqual({ statusCode: 200, body: 'ok' });
  });

  test('has its result passed on, without members that have no JSON', async () => {
    const result = { statusCode: 201, self: {} as unknown, big: 1n };
    result.self = result;
    expect(await answering(result)).toEqual({ statusCode: 201 });
  });

  test.each([
    ['a function', () => 1], ['a Map', new Map()],
  ])('that returns %s gets a 500 response with a code', async (_, value) => {
    const lines = captureLog();
    expect(bodyOf(await answering(value))).toEqual({ message: 'Internal Server Error', code: 'RESULT_MALFORMED', requestId: 'request-1' });
    expect(lines).toMatchObject([{ level: 'ERROR', code: 'RESULT_MALFORMED', router: '/users', requestId: 'request-1' }]);
  });

  test.each([['a Response', new Response('x')], ['an Error', new TypeError('x')]])('that returns %s gets an error that recommends a fetch router', async (_, value) => {
    const lines = captureLog();
    expect(bodyOf(await answering(value))).toMatchObject({ code: 'RESULT_MALFORMED' });
    expect(lines).toMatchObject([{ message: 'the result must come from a fetch router, or be as in LambdaProxyResult' }]);
  });

  test.each([
    ['a header that is a BigInt', { statusCode: 200, headers: { a: 1n } }],
    ['a status code that is a symbol', { statusCode: Symbol('200') }],
    ['a header that contains itself', { statusCode: 200, headers: { get a() { return this; } } }],
    ['something that cannot be read', { get statusCode() { throw new Error('no'); } }],
  ])('that returns %s gets a 500 response with a code, and the cause is logged', async (_, value) => {
    const lines = captureLog();
    expect(bodyOf(await answering(value))).toMatchObject({ code: 'RESULT_NOT_SERIALIZABLE' });
    expect(lines).toMatchObject([{ level: 'ERROR', code: 'RESULT_NOT_SERIALIZABLE', router: '/users', error: { message: expect.any(String) } }]);
  });

  test.each<[string, unknown]>([
    ['statusCode', NaN], ['statusCode', { toString: () => '200' }], ['headers', { a: NaN }],
    ['headers', new Headers({ a: 'x' })], ['headers', new Map([['a', 'x']])], ['headers', () => ({})], ['headers', { a: Symbol('x') }], ['headers', { a: () => 'x' }],
    ...[[undefined], new Set(['x']), new Map(), () => [], [Symbol('x')]]
      .flatMap((value) => [['cookies', value], ['multiValueHeaders', value]] as Array<[string, unknown]>),
    ['body', Buffer.from('x')], ['body', new String('x')], ['isBase64Encoded', Symbol('x')], ['isBase64Encoded', () => true],
  ])('that returns %s %p gets a 500 response, and the log names the member', async (member, value) => {
    const lines = captureLog();
    expect(bodyOf(await answering({ statusCode: 200, [member]: value }))).toMatchObject({ code: 'RESULT_MALFORMED' });
    expect(lines).toMatchObject([{ code: 'RESULT_MALFORMED', message: `the result must have ${member} as in LambdaProxyResult`, router: '/users' }]);
  });

  test.each<[string, unknown, unknown]>([
    ['headers', { date: new Date(0) }, { date: '1970-01-01T00:00:00.000Z' }], ['headers', { location: new URL('https://a.b/') }, { location: 'https://a.b/' }],
  ])('that returns %s %p has its JSON passed on', async (member, value, passed) => {
    expect(await answering({ statusCode: 200, [member]: value })).toEqual({ statusCode: 200, [member]: passed });
  });

  test('that returns a status code that changes with each read has it read only once', async () => {
    let reads = 0;
    // Payload format 2.0 reads it earlier, because it infers results without a status code.
    expect(await answering({ get statusCode() { return reads++ < (payload === '2.0' ? 2 : 1) ? 200 : 'x'; } })).toEqual({ statusCode: 200 });
  });

  test.each([['an Error', new TypeError('secret')], ['text', 'secret'], ['nothing', undefined], ['null', null], ['an object', { statusCode: 200 }]])(
    'that throws %s gets a 500 response without the reason', async (_, thrown) => {
      for (const handler of [async () => { throw thrown; }, () => { throw thrown; }]) {
        const lines = captureLog();
        const result = await ask(handler);
        expect(result).toMatchObject({ statusCode: 500, headers: { 'content-type': 'application/json' } });
        expect(bodyOf(result)).toEqual({ message: 'Internal Server Error', code: 'HANDLER_FAILED', requestId: 'request-1' });
        expect(lines).toMatchObject([{ level: 'ERROR', code: 'HANDLER_FAILED', router: '/users', requestId: 'request-1' }]);
        expect(lines[0].error?.message).toBe(thrown instanceof Error ? 'secret' : String(thrown));
      }
    });

  test('that takes a callback is refused', async () => {
    const lines = captureLog();
    const result = await ask(((_event: unknown, _context: unknown, callback: unknown) => void callback) as CallableHandler);
    expect(bodyOf(result)).toMatchObject({ code: 'HANDLER_CALLBACK' });
    expect(lines[0].message).toContain('nodejs24.x');
  });

  test('that has a third parameter but returns a promise is accepted', async () => {
    expect(await ask((async (_event: unknown, _context: unknown, _callback: unknown) => ({ statusCode: 200 })) as CallableHandler)).toEqual({ statusCode: 200 });
  });

  test('always gets a response that can be written as JSON', async () => {
    captureLog();
    const value = fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true, withObjectString: true });
    const field = fc.constantFrom('statusCode', 'headers', 'multiValueHeaders', 'cookies', 'body', 'isBase64Encoded');
    await fc.assert(fc.asyncProperty(fc.oneof(value, fc.dictionary(field, value)), async (returned) => {
      const result = await answering(returned);
      expect(JSON.parse(JSON.stringify(result))).toMatchObject({ statusCode: expect.any(Number) });
    }), { numRuns: 300 });
  });
});

describe('payload format 2.0, without a status code', () => {
  const ask = (value: unknown) => apiOf({ '/': async () => value }).handler(http2({ resource: '/' }), context);

  test('a value that has no JSON gets a 500 response with a code', async () => {
    const circular: Record<string, unknown> = {};
    circular.self = circular;
    for (const value of [circular, 1n, { a: 1n }, { toJSON: () => { throw new Error('no'); } }]) {
      const lines = captureLog();
      expect(bodyOf(await ask(value))).toMatchObject({ code: 'RESULT_NOT_SERIALIZABLE' });
      expect(lines).toMatchObject([{ code: 'RESULT_NOT_SERIALIZABLE', router: '/' }]);
    }
  });
});

test('a streaming handler gets a 500 response with a code if the endpoint does not stream', async () => {
  const lines = captureLog();
  const handler = Object.assign(async () => {}, { [Symbol.for('aws.lambda.runtime.handler.streaming')]: 'response' });
  const result = await apiOf({ '/users': handler }).handler(http2({ path: '/users', resource: '/users' }), contextOf());
  expect([result.statusCode, bodyOf(result)]).toEqual([500, expect.objectContaining({ code: 'HANDLER_STREAMING' })]);
  expect(lines).toEqual([expect.objectContaining({ code: 'HANDLER_STREAMING', router: '/users' })]);
});
