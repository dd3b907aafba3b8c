import { checkAuthorizer } from '../../../lib/runtime/endpoint/authorizer';
import { ApiEvent } from '../../../lib/runtime/events';
import { formats, http2, rest, Sent } from '../events';
import { apiOf, bodyOf, captureLog, contextOf } from '../support';

const served: string[] = [];

const api = (authorized: true | undefined) => apiOf({ '/users': async () => { served.push('users'); return { statusCode: 200 }; } }, { authorized, extras: { checkAuthorizer } });

const statusOf = async (event: ApiEvent) => (await api(true).handler(event, contextOf())).statusCode;

const ask = (sent: Partial<Sent>) => ({ path: '/users', resource: '/users', ...sent });

beforeEach(() => { served.length = 0; });

test.each([
  ['JWT, HTTP API', http2(ask({ authorizer: { jwt: { claims: { sub: 'ada' }, scopes: null } } }))],
  ['Lambda, HTTP API', http2(ask({ authorizer: { lambda: { tenant: 'a' } } }))],
  ['Lambda that found out nothing, HTTP API', http2(ask({ authorizer: { lambda: null } }))],
  ['Cognito, REST API', rest(ask({ authorizer: { claims: { sub: 'ada' } } }))],
  ['Lambda, REST API', rest(ask({ authorizer: { principalId: 'ada', integrationLatency: 7 } }))],
])('an event that an authorizer has let through is served: %s', async (_, event) => {
  expect(await statusOf(event)).toBe(200);
});

describe.each(formats)('an event of a $name', ({ event }) => {
  test.each([undefined, null, {}, 'text', 7, { iam: { userArn: 'arn:aws:iam::123456789012:user/ada' } }])('that no authorizer has seen (%j) is answered 401, and the router is not asked', async (authorizer) => {
    const lines = captureLog();
    const result = await api(true).handler(event(ask({ authorizer })), contextOf());
    expect(result.statusCode).toBe(401);
    expect(bodyOf(result)).toEqual({ message: 'Unauthorized', code: 'AUTHORIZER_CONTEXT_MISSING', requestId: 'request-1' });
    expect(lines).toEqual([expect.objectContaining({ level: 'WARN', code: 'AUTHORIZER_CONTEXT_MISSING', router: '/users' })]);
    expect(served).toEqual([]);
  });
});

test('a router without such an authorizer is served as ever', async () => {
  expect((await api(undefined).handler(http2(ask({})), contextOf())).statusCode).toBe(200);
});

test('a direct invocation that makes an event up is not told from one that an authorizer made: IAM decides who may invoke', async () => {
  expect(await statusOf(http2(ask({ authorizer: { jwt: {} } })))).toBe(200);
});
