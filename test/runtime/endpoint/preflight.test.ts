import { PreflightHeaders } from '../../../lib/contract/endpoint';
import { preflight } from '../../../lib/runtime/endpoint/preflight';
import { ApiEvent } from '../../../lib/runtime/events';
import { functionUrl, http2, Sent } from '../events';
import { apiOf, contextOf } from '../support';

const PAGE = 'https://app.example.com';
const HEADERS: PreflightHeaders = { allowOrigins: [PAGE, 'https://b.example.com'], headers: { 'access-control-allow-methods': 'GET,PUT' } };

const served: string[] = [];
const checkAuthorizer = () => { throw new Error('nobody asked an authorizer'); };

function ask(event: ApiEvent, headers: PreflightHeaders | undefined = HEADERS) {
  const router = async () => { served.push('users'); return { statusCode: 200 }; };
  return apiOf({ '/users': router }, { extras: { ...headers && { preflight: preflight(headers) }, ...headers && { checkAuthorizer } } }).handler(event, contextOf());
}

const sent = (origin?: string): Sent => ({ path: '/users', resource: '/users', method: 'OPTIONS', headers: origin === undefined ? [] : [['Origin', origin]] });

/** As the route beside the router's own sends it. */
const asked = (origin?: string): ApiEvent => ({ ...http2(sent(origin)), routeKey: 'OPTIONS /users' });

beforeEach(() => { served.length = 0; });

test.each<[string, PreflightHeaders, string | undefined, object]>([
  ['one of the origins', HEADERS, 'https://b.example.com', { ...HEADERS.headers, 'access-control-allow-origin': 'https://b.example.com' }],
  ['another origin', HEADERS, 'https://evil.example', HEADERS.headers],
  ['no origin', HEADERS, undefined, HEADERS.headers],
  ['any origin', { ...HEADERS, allowOrigins: ['*'] }, PAGE, { ...HEADERS.headers, 'access-control-allow-origin': '*' }],
  ['origins that the API alone knows', { allowOrigins: [], headers: {} }, PAGE, {}],
])('a preflight request is answered without a router: %s', async (_, headers, origin, expected) => {
  expect(await ask(asked(origin), headers)).toEqual({ statusCode: 204, headers: expected });
  expect(served).toEqual([]);
});

test.each<[string, ApiEvent]>([
  ['the router\'s own route', http2(sent(PAGE))],
  ['a function URL', functionUrl(sent(PAGE))],
])('a request with the same method reaches the router through %s', async (_, event) => {
  expect((await ask(event)).statusCode).toBe(200);
  expect(served).toEqual(['users']);
});

test('where the endpoint has no such routes, the route is one like any other', async () => {
  const router = async () => ({ statusCode: 200 });
  expect((await apiOf({ '/users': router }).handler(asked(PAGE), contextOf())).statusCode).toBe(200);
});
