import { Readable } from 'node:stream';
import { FunctionResult } from '../../lib/gateway/function-result';
import { HttpRequest } from '../../lib/gateway/http-message';
import { FUNCTION_URL_RULES, HTTP_API_RULES, ResponseRules, restApiRules, toResponse } from '../../lib/gateway/to-response';

const REST_API = restApiRules([]);

const request = (headers: HttpRequest['headers'] = []): HttpRequest => ({ method: 'GET', target: '/', headers, sourceIp: '203.0.113.7' });
const returned = (value: unknown): FunctionResult => ({ kind: 'returned', payload: Buffer.from(value === undefined ? '' : JSON.stringify(value)) });

async function respond(result: FunctionResult, rules: ResponseRules, headers?: HttpRequest['headers']) {
  const { status, headers: answered, body } = await toResponse(result, request(headers), rules);
  const chunks: Buffer[] = [];
  for await (const chunk of body instanceof Uint8Array ? [body] : body) chunks.push(Buffer.from(chunk as Buffer));
  return { status, headers: answered, body: Buffer.concat(chunks).toString('latin1') };
}

test('a response has the status, headers, cookies, and body of the result', async () => {
  const result = returned({
    statusCode: 201, headers: { 'content-type': 'text/html', 'x-count': 2, 'X-Many': 'lost' }, multiValueHeaders: { 'x-many': ['1', '2'] }, cookies: ['a=1'], body: '<p>',
  });
  const headers = [['content-type', 'text/html'], ['x-count', '2'], ['x-many', '1'], ['x-many', '2'], ['set-cookie', 'a=1']];
  expect(await respond(result, HTTP_API_RULES)).toEqual({ status: 201, headers, body: '<p>' });
});

test.each([
  ['an HTTP API', HTTP_API_RULES, 'text/plain;charset=UTF-8'],
  ['a function URL', FUNCTION_URL_RULES, 'application/json'],
  ['a REST API', REST_API, 'application/json'],
])('%s adds a content type if the result has none', async (_, rules, type) => {
  expect(await respond(returned({ statusCode: 200, body: 'x' }), rules)).toEqual({ status: 200, headers: [['content-type', type]], body: 'x' });
});

test.each([['hello', 'hello'], [{ a: 1 }, '{"a":1}'], [null, 'null'], [0, '0']])('in payload format 2.0, a result without a status code is a response with status 200: %j', async (value, body) => {
  expect(await respond(returned(value), HTTP_API_RULES)).toEqual({ status: 200, headers: [['content-type', 'application/json']], body });
});

test.each<[string, FunctionResult, ResponseRules, number]>([
  ['an HTTP API: the function fails', { kind: 'failed' }, HTTP_API_RULES, 500],
  ['a function URL: the function fails', { kind: 'failed' }, FUNCTION_URL_RULES, 502],
  ['a REST API: the function fails', { kind: 'failed' }, REST_API, 502],
  ['a REST API: the result has no status code', returned({ body: 'x' }), REST_API, 502],
  ['a REST API: the result is not an object', returned('x'), REST_API, 502],
  ['a REST API: the result is empty', returned(undefined), REST_API, 502],
  ['an HTTP API: the status is invalid', returned({ statusCode: 1000 }), HTTP_API_RULES, 500],
  ['an HTTP API: the body is an object', returned({ statusCode: 200, body: {} }), HTTP_API_RULES, 500],
])('%s', async (_, result, rules, status) => {
  expect((await respond(result, rules)).status).toBe(status);
});

describe('a body in base64', () => {
  const result = returned({ statusCode: 200, headers: { 'content-type': 'image/png' }, body: 'iVBORw==', isBase64Encoded: true });
  const DECODED = '\u0089PNG';

  test('is decoded by HTTP APIs and function URLs', async () => {
    expect((await respond(result, HTTP_API_RULES)).body).toBe(DECODED);
    expect((await respond(result, FUNCTION_URL_RULES)).body).toBe(DECODED);
  });

  test.each([
    [[], 'image/png', 'iVBORw=='],
    [['image/png'], 'image/png', DECODED],
    [['image/png'], 'text/html, image/png', 'iVBORw=='],
    [['image/*'], 'image/png;q=0.9', DECODED],
    [['*/*'], undefined, DECODED],
    [['image/png'], undefined, 'iVBORw=='],
  ])('is decoded by REST APIs if a binary type matches: types %j, accept %s', async (types, accept, body) => {
    expect((await respond(result, restApiRules(types), accept === undefined ? [] : [['Accept', accept]])).body).toBe(body);
  });
});

describe('a streamed response', () => {
  const streamed = (chunks: readonly string[], contentType = 'application/vnd.awslambda.http-integration-response'): FunctionResult => (
    { kind: 'streamed', contentType, payload: Readable.from(chunks.map((chunk) => Buffer.from(chunk))) }
  );
  const head = JSON.stringify({ statusCode: 202, headers: { 'content-type': 'text/event-stream' }, cookies: ['a=1'] });

  test.each([
    ['in one chunk', [`${head}\0\0\0\0\0\0\0\0ab`]],
    ['in many chunks', [head.slice(0, 5), head.slice(5), '\0\0\0\0', '\0\0\0\0', 'a', 'b']],
    ['before the chunk of the body', [`${head}\0\0\0\0\0\0\0\0`, 'ab']],
  ])('starts with status and headers, %s', async (_, chunks) => {
    expect(await respond(streamed(chunks), REST_API)).toEqual({ status: 202, headers: [['content-type', 'text/event-stream'], ['set-cookie', 'a=1']], body: 'ab' });
  });

  test('can have no status and headers', async () => {
    expect(await respond(streamed(['ab'], 'text/plain'), FUNCTION_URL_RULES)).toEqual({ status: 200, headers: [['content-type', 'text/plain']], body: 'ab' });
  });

  test('breaks off if the function fails', async () => {
    const payload = Readable.from((async function* () {
      yield Buffer.from(`${head}\0\0\0\0\0\0\0\0a`);
      throw new Error('gone');
    })());
    const { body } = await toResponse({ kind: 'streamed', contentType: 'application/vnd.awslambda.http-integration-response', payload }, request(), REST_API);
    await expect((async () => { for await (const _ of body as Readable); })()).rejects.toThrow('gone');
  });
});
