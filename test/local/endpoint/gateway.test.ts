import { Readable } from 'node:stream';
import { HttpRequest, HttpResponse } from '../../../lib/gateway/http-message';
import { GatewayContext, respond, Routed, routeRequest } from '../../../lib/local/endpoint/gateway';
import { LocalAuthorization, LocalEndpoint, LocalRoute, NO_ENDPOINT } from '../../../lib/local/endpoint/local-endpoint';

const CONTEXT: GatewayContext = { requestId: 'id', time: new Date(0), domainName: 'localhost:3000' };

const request = (key: string, given: Partial<HttpRequest> = {}): HttpRequest => {
  const [method, target] = key.split(' ');
  return { method, target, headers: [], sourceIp: '127.0.0.1', ...given };
};

const route = (key: string, given: Partial<LocalRoute> = {}): LocalRoute => {
  const [method, path] = key.split(' ');
  return { method, path, authorization: { kind: 'none' }, apiKeyRequired: false, ...given };
};

const ROUTES = [route('ANY /users'), route('ANY /users/{proxy+}')];
const HTTP: LocalEndpoint = { ...NO_ENDPOINT, kind: 'http-api', routes: ROUTES };
const REST: LocalEndpoint = { ...NO_ENDPOINT, kind: 'rest-api', payload: '1.0', stage: 'prod', routes: ROUTES, binaryMediaTypes: ['*/*'] };
const URL: LocalEndpoint = { ...NO_ENDPOINT, kind: 'function-url' };

const eventOf = (routed: Routed) => JSON.parse(routed.kind === 'invoke' ? routed.event : 'null') as Record<string, unknown>;

function answerOf(routed: Routed) {
  if (routed.kind === 'invoke') return { invoked: true };
  return shown(routed.response);
}

function shown({ status, headers, body }: HttpResponse) {
  return { status, headers: Object.fromEntries(headers), body: Buffer.from(body as Uint8Array).toString() };
}

describe('a path can start with the stage', () => {
  test.each(['/prod/users/7?a=1', '/users/7?a=1'])('%s', async (target) => {
    expect(eventOf(await routeRequest(REST, request(`GET ${target}`), CONTEXT))).toMatchObject({
      resource: '/users/{proxy+}', path: '/users/7', queryStringParameters: { a: '1' }, requestContext: { stage: 'prod', path: '/prod/users/7' },
    });
    const http = { ...HTTP, stage: 'prod' };
    expect(eventOf(await routeRequest(http, request(`GET ${target}`), CONTEXT))).toMatchObject({ routeKey: 'ANY /users/{proxy+}', rawPath: '/prod/users/7', rawQueryString: 'a=1' });
  });

  test('but only if the stage is a complete segment', async () => {
    expect(await routeRequest(REST, request('GET /production/users'), CONTEXT)).toMatchObject({ kind: 'answer' });
    expect(eventOf(await routeRequest({ ...REST, routes: [route('ANY /')] }, request('GET /prod?a=1'), CONTEXT))).toMatchObject({ resource: '/', path: '/' });
  });
});

describe('without a route', () => {
  const JSON_TYPE = { 'content-type': 'application/json' };

  test('an HTTP API responds with 404', async () => {
    expect(answerOf(await routeRequest(HTTP, request('GET /x'), CONTEXT))).toEqual({ status: 404, headers: JSON_TYPE, body: '{"message":"Not Found"}' });
  });

  test('a REST API responds with 403, or with what its template declares', async () => {
    expect(answerOf(await routeRequest(REST, request('GET /x'), CONTEXT))).toEqual({ status: 403, headers: JSON_TYPE, body: '{"message":"Missing Authentication Token"}' });
    const declared = { MISSING_AUTHENTICATION_TOKEN: { status: 404, headers: { 'Access-Control-Allow-Origin': '*' }, template: '{"message":"Not Found"}' } };
    expect(answerOf(await routeRequest({ ...REST, gatewayResponses: declared }, request('GET /x'), CONTEXT)))
      .toEqual({ status: 404, headers: { ...JSON_TYPE, 'Access-Control-Allow-Origin': '*' }, body: '{"message":"Not Found"}' });
    const all = { DEFAULT_4XX: { headers: { 'x-a': '1' } } };
    expect(answerOf(await routeRequest({ ...REST, gatewayResponses: all }, request('GET /x'), CONTEXT))).toMatchObject({ status: 403, headers: { 'x-a': '1' } });
  });

  test('a function URL invokes the function for every path', async () => {
    expect(eventOf(await routeRequest(URL, request('GET /x'), CONTEXT))).toMatchObject({ rawPath: '/x', routeKey: '$default' });
  });
});

describe('CORS', () => {
  const cors = {
    allowOrigins: ['https://a.example', 'http://*'], allowMethods: ['GET', 'PUT'], allowHeaders: ['x-a'], exposeHeaders: ['x-b'], allowCredentials: true, maxAge: 60,
  };
  const from = (origin: string) => [['Origin', origin], ['Access-Control-Request-Method', 'PUT']] as const;
  const ALLOWED = {
    'access-control-allow-origin': 'https://a.example', 'access-control-allow-credentials': 'true', 'access-control-allow-methods': 'GET,PUT',
    'access-control-allow-headers': 'x-a', 'access-control-max-age': '60',
  };

  test('an HTTP API responds to preflight requests that no route matches', async () => {
    const endpoint = { ...HTTP, cors, routes: [route('GET /users')] };
    const answer = await routeRequest(endpoint, request('OPTIONS /users', { headers: from('https://a.example') }), CONTEXT);
    expect(answerOf(answer)).toEqual({ status: 204, headers: ALLOWED, body: '' });
    expect(answerOf(await routeRequest(endpoint, request('OPTIONS /users', { headers: from('https://b.example') }), CONTEXT))).toEqual({ status: 204, headers: {}, body: '' });
    expect(answerOf(await routeRequest(endpoint, request('OPTIONS /users'), CONTEXT))).toMatchObject({ status: 404 });
    expect(answerOf(await routeRequest({ ...HTTP, cors }, request('OPTIONS /users', { headers: from('https://a.example') }), CONTEXT))).toEqual({ invoked: true });
  });

  test('a function URL responds to all preflight requests', async () => {
    const answer = await routeRequest({ ...URL, cors }, request('OPTIONS /users', { headers: from('https://a.example') }), CONTEXT);
    expect(answerOf(answer)).toEqual({ status: 200, headers: ALLOWED, body: '' });
  });

  test('a REST API responds to preflight requests through a route, with the origin of the request', async () => {
    const answer = { status: 204, headers: { 'Access-Control-Allow-Origin': 'https://a.example', 'Vary': 'Origin' }, otherOrigins: ['https://b.example'] };
    const endpoint = { ...REST, routes: [...ROUTES, route('OPTIONS /users', { answer })] };
    const origins = await Promise.all(['https://a.example', 'https://b.example', 'https://c.example'].map(async (origin) => (
      answerOf(await routeRequest(endpoint, request('OPTIONS /users', { headers: from(origin) }), CONTEXT)) as ReturnType<typeof shown>).headers['Access-Control-Allow-Origin']));
    expect(origins).toEqual(['https://a.example', 'https://b.example', 'https://a.example']);
  });

  const result = { kind: 'returned', payload: Buffer.from('{"statusCode":200,"headers":{"Access-Control-Allow-Origin":"*","x-c":"1"}}') } as const;
  const origin = request('GET /users', { headers: [['Origin', 'http://any.example']] });

  test('an HTTP API replaces the CORS headers of the function', async () => {
    const { headers } = await respond({ ...HTTP, cors }, result, origin);
    expect(headers.filter(([name]) => /^access/i.test(name)))
      .toEqual([['access-control-allow-origin', 'http://any.example'], ['access-control-allow-credentials', 'true'], ['access-control-expose-headers', 'x-b']]);
    expect((await respond({ ...HTTP, cors }, result, request('GET /users'))).headers.filter(([name]) => /^access/i.test(name))).toEqual([]);
  });

  test('a function URL adds CORS headers to those of the function, and a REST API keeps those of the function', async () => {
    expect((await respond({ ...URL, cors }, result, origin)).headers.filter(([name]) => /allow-origin/i.test(name)).map(([, value]) => value)).toEqual(['*', 'http://any.example']);
    expect((await respond(REST, result, origin)).headers).toContainEqual(['Access-Control-Allow-Origin', '*']);
  });
});

describe('authorization', () => {
  const guarded = (endpoint: LocalEndpoint, authorization: LocalAuthorization): LocalEndpoint => ({ ...endpoint, routes: [route('ANY /users', { authorization })] });
  const token = `e30.${Buffer.from('{"sub":"me","scope":"read other","groups":["a","b"],"exp":1}').toString('base64url')}.x`;
  const withToken = request('GET /users', { headers: [['Authorization', `Bearer ${token}`]] });
  const TRUSTING = { ...CONTEXT, trustTokens: true };

  test('is skipped for IAM, with a note', async () => {
    for (const endpoint of [guarded(HTTP, { kind: 'iam' }), { ...URL, authorization: { kind: 'iam' } as const }]) {
      expect(await routeRequest(endpoint, request('GET /users'), CONTEXT)).toMatchObject({ kind: 'invoke', notes: ['IAM authorization is skipped'] });
    }
  });

  test.each([['jwt', HTTP], ['cognito', REST]] as const)('with %s responds with 401, and a note says how to accept tokens', async (kind, endpoint) => {
    const refused = await routeRequest(guarded(endpoint, { kind }), withToken, CONTEXT);
    expect(answerOf(refused)).toMatchObject({ status: 401, body: '{"message":"Unauthorized"}' });
    expect(refused.notes.join()).toContain('--trust-tokens');
    expect(answerOf(await routeRequest(guarded(endpoint, { kind }), request('GET /users'), TRUSTING))).toMatchObject({ status: 401 });
    expect(answerOf(await routeRequest(guarded(endpoint, { kind }), request('GET /users', { headers: [['authorization', 'x']] }), TRUSTING))).toMatchObject({ status: 401 });
  });

  const CLAIMS = { sub: 'me', scope: 'read other', groups: '[a b]', exp: '1' };

  test('with trusted tokens puts the claims where the payload format has them', async () => {
    const { requestContext: http } = eventOf(await routeRequest(guarded(HTTP, { kind: 'jwt', scopes: ['read', 'write'] }), withToken, TRUSTING));
    expect(http).toMatchObject({ authorizer: { jwt: { claims: CLAIMS, scopes: ['read'] } } });
    const { requestContext: unscoped } = eventOf(await routeRequest(guarded(HTTP, { kind: 'jwt' }), withToken, TRUSTING));
    expect(unscoped).toMatchObject({ authorizer: { jwt: { claims: CLAIMS, scopes: null } } });
    const { requestContext: rest } = eventOf(await routeRequest(guarded(REST, { kind: 'cognito' }), withToken, TRUSTING));
    expect(rest).toMatchObject({ authorizer: { claims: CLAIMS } });
  });

  test('reads the token from its identity source', async () => {
    const authorizer = { IdentitySource: ['$request.querystring.token'] };
    const asked = request(`GET /users?token=${token}`);
    expect(await routeRequest(guarded(HTTP, { kind: 'jwt', authorizer }), asked, TRUSTING)).toMatchObject({ kind: 'invoke' });
    expect(await routeRequest(guarded(HTTP, { kind: 'jwt', authorizer }), withToken, TRUSTING)).toMatchObject({ kind: 'answer' });
  });

  test.each([['jwt', HTTP, 'Forbidden'], ['cognito', REST, 'User is not authorized to access this resource']] as const)('with %s responds with 403 to a token without any of the scopes', async (kind, endpoint, message) => {
    const refused = await routeRequest(guarded(endpoint, { kind, scopes: ['write'] }), withToken, TRUSTING);
    expect(answerOf(refused)).toMatchObject({ status: 403, body: JSON.stringify({ message }) });
    expect(refused.notes).toEqual(['the token has none of the scopes of this route: write']);
  });

  test('with a Lambda authorizer follows its decision, or responds with 401 if it cannot run', async () => {
    const endpoint = guarded(HTTP, { kind: 'lambda' });
    const unknown = await routeRequest(endpoint, request('GET /users'), CONTEXT);
    expect(answerOf(unknown)).toMatchObject({ status: 401 });
    expect(unknown.notes).toEqual(['the Lambda authorizer of this route cannot run on this machine']);
    const allowed = await routeRequest(endpoint, request('GET /users'), { ...CONTEXT, runAuthorizer: async () => ({ passes: true, authorizer: { lambda: { a: 1 } } }) });
    expect(eventOf(allowed)).toMatchObject({ requestContext: { authorizer: { lambda: { a: 1 } } } });
    const denied = await routeRequest(endpoint, request('GET /users'), { ...CONTEXT, runAuthorizer: async () => ({ passes: false, answer: 'forbidden' }) });
    expect(answerOf(denied)).toMatchObject({ status: 403 });
  });

  test('accepts any API key, and refuses a request without one', async () => {
    const endpoint = { ...REST, routes: [route('ANY /users', { apiKeyRequired: true })] };
    expect(answerOf(await routeRequest(endpoint, request('GET /users'), CONTEXT))).toMatchObject({ status: 403, body: '{"message":"Forbidden"}' });
    expect(await routeRequest(endpoint, request('GET /users', { headers: [['X-Api-Key', 'x']] }), CONTEXT)).toMatchObject({ kind: 'invoke', notes: ['any x-api-key is accepted'] });
  });
});

test.each([
  ['an HTTP API', HTTP, '{"message":"Request Entity Too Large"}'],
  ['a REST API', REST, '{"message":"Request Too Long"}'],
  ['a function URL', URL, '{"Message":"Request must be smaller than 6291456 bytes for the InvokeFunction operation"}'],
])('%s responds with 413 if the event is larger than Lambda accepts', async (_, endpoint, body) => {
  const large = request('POST /users', { body: Buffer.alloc(5 * 1024 * 1024) });
  expect(answerOf(await routeRequest(endpoint, large, CONTEXT))).toMatchObject({ status: 413, body });
});

test('a stream whose head is not JSON counts as a failure of the function', async () => {
  const result = { kind: 'streamed', contentType: 'application/vnd.awslambda.http-integration-response', payload: Readable.from([Buffer.from('no\0\0\0\0\0\0\0\0')]) } as const;
  expect((await respond(REST, result, request('GET /users'))).status).toBe(502);
});
