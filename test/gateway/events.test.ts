import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EventContext } from '../../lib/gateway/event-context';
import { HttpRequest } from '../../lib/gateway/http-message';
import { httpApiEventInPayload1, restApiEvent } from '../../lib/gateway/payload-1';
import { functionUrlEvent, httpApiEvent } from '../../lib/gateway/payload-2';

const sample = (name: string) => JSON.parse(readFileSync(join(__dirname, '../conformance/events', `${name}.json`), 'utf8')) as object;

const request = (given: Partial<HttpRequest> = {}): HttpRequest => ({ method: 'GET', target: '/users/7', headers: [], sourceIp: '203.0.113.7', ...given });

function context(given: Partial<EventContext> = {}): EventContext {
  return {
    requestId: 'id=',
    time: new Date(1583348638390),
    domainName: 'id.execute-api.eu-central-1.amazonaws.com',
    stage: '$default',
    apiId: 'id',
    route: { method: 'ANY', path: '/users/{proxy+}', parameters: { proxy: '7' } },
    ...given,
  };
}

const URL_CONTEXT = context({ domainName: 'id.lambda-url.eu-central-1.on.aws' });
const REST_CONTEXT = { ...context({ stage: 'prod' }), binaryMediaTypes: [] };

describe('an event has all members of the sample, with the same types', () => {
  const typesOf = (value: unknown): unknown => (typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, typesOf(member)]))
    : value === null ? null : Array.isArray(value) ? 'array' : typeof value);

  const headers = [['Host', 'id.execute-api.eu-central-1.amazonaws.com'], ['User-Agent', 'curl/8.9.1']] as const;

  test.each([
    ['http-2.0', httpApiEvent(request({ headers }), context())],
    ['http-1.0', httpApiEventInPayload1(request({ headers }), context())],
    ['rest', restApiEvent(request({ headers }), REST_CONTEXT)],
    ['function-url', functionUrlEvent(request({ headers: [['Host', 'id.lambda-url.eu-central-1.on.aws'], headers[1]] }), URL_CONTEXT)],
  ])('%s', (name, event) => {
    expect(typesOf(event)).toMatchObject(typesOf(sample(name)) as object);
    const { requestContext: { time: _, timeEpoch: _2, requestTime: _3, requestTimeEpoch: _4, ...shown }, ...rest } = sample(name) as { requestContext: Record<string, unknown> };
    expect(event).toMatchObject({ ...rest, requestContext: shown });
  });
});

test('only HTTP APIs decode paths, and a decoded question mark ends the path', () => {
  const encoded = request({ target: '/users/a%20b%2Fc%3Fd?x=1' });
  expect(httpApiEvent(encoded, context())).toMatchObject({ rawPath: '/users/a b/c', rawQueryString: 'x=1' });
  expect(httpApiEventInPayload1(encoded, context())).toMatchObject({ path: '/users/a b/c' });
  expect(restApiEvent(encoded, REST_CONTEXT)).toMatchObject({ path: '/users/a%20b%2Fc%3Fd', requestContext: { path: '/prod/users/a%20b%2Fc%3Fd' } });
  expect(functionUrlEvent(encoded, URL_CONTEXT)).toMatchObject({ rawPath: '/users/a%20b%2Fc%3Fd', routeKey: '$default' });
  expect(httpApiEvent(request({ target: '/users/%E0%A4%A' }), context())).toMatchObject({ rawPath: '/users/%E0%A4%A' });
});

test('the path of an HTTP API starts with the stage, except for the default stage', () => {
  expect(httpApiEvent(request(), context({ stage: 'prod' }))).toMatchObject({ rawPath: '/prod/users/7', requestContext: { http: { path: '/prod/users/7' } } });
});

test('several values with the same name are joined in payload format 2.0, and listed in 1.0', () => {
  const twice = request({ target: '/users/7?a=1&a=2&b=%26', headers: [['X-A', '1'], ['x-b', '2'], ['X-A', '3']] });
  expect(httpApiEvent(twice, context())).toMatchObject({ headers: { 'x-a': '1,3', 'x-b': '2' }, queryStringParameters: { a: '1,2', b: '&' } });
  expect(restApiEvent(twice, REST_CONTEXT)).toMatchObject({
    headers: { 'X-A': '3', 'x-b': '2' },
    multiValueHeaders: { 'X-A': ['1', '3'], 'x-b': ['2'] },
    queryStringParameters: { a: '2', b: '&' },
    multiValueQueryStringParameters: { a: ['1', '2'], b: ['&'] },
  });
});

test('payload format 2.0 lists cookies, and function URLs also keep them in the headers', () => {
  const withCookies = request({ headers: [['Cookie', 'a=1; b=2']] });
  const event = httpApiEvent(withCookies, context());
  expect(event).toMatchObject({ cookies: ['a=1', 'b=2'] });
  expect(event).not.toHaveProperty('headers.cookie');
  expect(functionUrlEvent(withCookies, URL_CONTEXT)).toMatchObject({ cookies: ['a=1', 'b=2'], headers: { cookie: 'a=1; b=2' } });
  expect(restApiEvent(withCookies, REST_CONTEXT)).toMatchObject({ headers: { Cookie: 'a=1; b=2' } });
});

describe('a body', () => {
  const withBody = (type: string | undefined) => request({ method: 'POST', body: Buffer.from('a=1'), headers: type === undefined ? [] : [['Content-Type', type]] });
  const TEXT = { body: 'a=1', isBase64Encoded: false };
  const BASE64 = { body: 'YT0x', isBase64Encoded: true };

  test.each([
    ['application/json', TEXT],
    ['application/problem+json; charset=utf-8', TEXT],
    ['text/csv', TEXT],
    ['application/x-www-form-urlencoded', BASE64],
    ['multipart/form-data; boundary=x', BASE64],
    ['image/png', BASE64],
    [undefined, BASE64],
  ])('of type %s arrives through an HTTP API and a function URL as %j', (type, expected) => {
    expect(httpApiEvent(withBody(type), context())).toMatchObject(expected);
    expect(functionUrlEvent(withBody(type), URL_CONTEXT)).toMatchObject(expected);
  });

  test.each([
    ['image/png', [], TEXT],
    ['image/png', ['image/*'], BASE64],
    ['image/png', ['*/*'], BASE64],
    ['application/json', ['image/*'], TEXT],
    ['application/x-www-form-urlencoded', [], TEXT],
  ])('of type %s arrives through a REST API with the binary types %j as %j', (type, binaryMediaTypes, expected) => {
    expect(restApiEvent(withBody(type), { ...REST_CONTEXT, binaryMediaTypes })).toMatchObject(expected);
  });

  test('is left out or null if it is empty', () => {
    const empty = request({ body: Buffer.alloc(0) });
    expect(httpApiEvent(empty, context())).not.toHaveProperty('body');
    expect(restApiEvent(empty, REST_CONTEXT)).toMatchObject({ body: null });
  });
});

test('the authorizer context is in requestContext.authorizer', () => {
  const authorizer = { jwt: { claims: { sub: '1' }, scopes: null } };
  expect(httpApiEvent(request(), context({ authorizer }))).toMatchObject({ requestContext: { authorizer } });
  expect(httpApiEvent(request(), context())).not.toHaveProperty('requestContext.authorizer');
});
