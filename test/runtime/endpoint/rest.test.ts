import { Result } from '../../../lib/runtime/answers/result';
import { addCorsHeaders, decodeTextBody } from '../../../lib/runtime/endpoint/rest';
import { RestApiEvent } from '../../../lib/runtime/events';
import { http1, http2, rest } from '../events';
import { apiOf, captureLog, contextOf, recorder } from '../support';

const base64 = (text: string, encoding: BufferEncoding = 'utf8') => Buffer.from(text, encoding).toString('base64');

const post = (type: string | undefined, body: string) => rest({ path: '/users', resource: '/users', method: 'POST', headers: type === undefined ? [] : [['Content-Type', type]], body, isBase64Encoded: true });

describe('a request body of a REST API that takes binary bodies', () => {
  test.each(['application/json', 'application/json; charset=utf-8', 'text/plain', 'application/x-www-form-urlencoded', 'application/problem+json', 'image/svg+xml'])('is text again where it is text: %s', (type) => {
    const event = post(type, base64('{"name":"Zoë"}'));
    expect(decodeTextBody(event)).toEqual({ ...event, body: '{"name":"Zoë"}', isBase64Encoded: false });
    expect(event.isBase64Encoded).toBe(true);
  });

  test.each([
    ['binary', post('image/png', base64('\x89PNG', 'latin1'))],
    ['of no type', post(undefined, base64('x'))],
    ['not UTF-8', post('application/json', base64('\xff', 'latin1'))],
    ['of another charset', post('text/plain; charset=iso-8859-1', base64('x'))],
    ['text already', rest({ method: 'POST', headers: [['content-type', 'text/plain']], body: 'text' })],
    ['absent', rest({})],
    ['of payload format 2.0', http2({ method: 'POST', headers: [['content-type', 'text/plain']], body: base64('x'), isBase64Encoded: true })],
  ])('stays as it is where it is %s', (_, event) => {
    expect(decodeTextBody(event)).toBe(event);
  });

  test('reaches a Lambda handler as HTTP APIs send it', async () => {
    const bodies: unknown[] = [];
    const api = apiOf({ '/users': async ({ body, isBase64Encoded }: RestApiEvent) => { bodies.push([body, isBase64Encoded]); return { statusCode: 200 }; } }, { extras: { prepare: decodeTextBody } });
    await api.handler(post('application/json', base64('{}')), contextOf());
    await api.handler(post('image/png', base64('png')), contextOf());
    expect(bodies).toEqual([['{}', false], [base64('png'), true]]);
  });

  test('an invocation with nothing does no harm', async () => {
    captureLog();
    const api = apiOf({ '/users': async () => ({ statusCode: 200 }) }, { extras: { prepare: decodeTextBody } });
    expect((await api.handler(undefined as never, contextOf())).statusCode).toBe(404);
  });
});

const PAGE = 'https://app.example.com';
const OTHER = 'https://other.example.com';

describe('the CORS headers of a REST API\'s answers', () => {
  const finish = (cors: Partial<Parameters<typeof addCorsHeaders>[0]>, origin: string | undefined, result: Result) =>
    addCorsHeaders({ allowOrigins: [PAGE, OTHER], allowCredentials: false, exposeHeaders: [], ...cors })(http1({ headers: origin === undefined ? [] : [['Origin', origin]] }), result);

  test.each<[string, Parameters<typeof finish>, Result]>([
    ['one of the origins', [{}, OTHER, { statusCode: 200 }], { statusCode: 200, multiValueHeaders: { 'vary': ['origin'], 'access-control-allow-origin': [OTHER] } }],
    ['another origin', [{}, 'https://evil.example', { statusCode: 200 }], { statusCode: 200, multiValueHeaders: { vary: ['origin'] } }],
    ['no origin', [{}, undefined, { statusCode: 200 }], { statusCode: 200, multiValueHeaders: { vary: ['origin'] } }],
    ['a header named like a member of every object', [{ allowOrigins: ['*'] }, OTHER, { statusCode: 200, headers: { constructor: 'x' } as {} }], { statusCode: 200, headers: { constructor: 'x' } as {}, multiValueHeaders: { 'access-control-allow-origin': ['*'] } }],
    ['any origin', [{ allowOrigins: ['*'] }, OTHER, { statusCode: 200 }], { statusCode: 200, multiValueHeaders: { 'access-control-allow-origin': ['*'] } }],
    ['credentials and headers', [{ allowCredentials: true, exposeHeaders: ['x-a', 'x-b'] }, PAGE, { statusCode: 200 }], {
      statusCode: 200,
      multiValueHeaders: { 'vary': ['origin'], 'access-control-allow-origin': [PAGE], 'access-control-allow-credentials': ['true'], 'access-control-expose-headers': ['x-a,x-b'] },
    }],
    ['a Vary of the router\'s', [{}, PAGE, { statusCode: 200, headers: { 'Vary': 'accept', 'x-a': '1' }, multiValueHeaders: { 'x-b': ['2'] } }], {
      statusCode: 200, headers: { 'x-a': '1' }, multiValueHeaders: { 'x-b': ['2'], 'vary': ['accept', 'origin'], 'access-control-allow-origin': [PAGE] },
    }],
    ['CORS of the router\'s', [{}, PAGE, { statusCode: 200, headers: { 'Access-Control-Allow-Origin': '*' } }], { statusCode: 200, headers: { 'Access-Control-Allow-Origin': '*' }, multiValueHeaders: {} }],
  ])('%s', (_, args, expected) => {
    expect(finish(...args)).toEqual(expected);
  });

  test('are there when the router fails, too', async () => {
    captureLog();
    const extras = { finish: addCorsHeaders({ allowOrigins: ['*'], allowCredentials: false, exposeHeaders: [] }) };
    const api = apiOf({ '/users': recorder(() => { throw new Error('no'); }), '/ok': recorder() }, { extras });
    for (const path of ['/users', '/ok', '/nobody']) {
      expect(await api.handler(rest({ path, resource: path }), contextOf())).toMatchObject({ multiValueHeaders: { 'access-control-allow-origin': ['*'] } });
    }
  });
});
