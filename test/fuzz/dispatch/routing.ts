/**
 * Which router handles a request, and what it receives.
 */
import fc from 'fast-check';
import { api, Api } from './api';
import { eventOf, matchRoute, Sent } from './gateway';
import { bytesOf, expectedOf } from './oracle';
import { pathOf } from './paths';
import { serve, Served, Subject } from './serve';
import { property } from '../run/concern';

/** The context that API Gateway adds after an authorizer, and values that resemble it. */
const AUTHORIZERS: ReadonlyArray<{ readonly left: unknown; readonly counts: boolean }> = [
  { left: { jwt: { claims: {}, scopes: null } }, counts: true }, { left: { lambda: null }, counts: true }, { left: { claims: {} }, counts: true }, { left: { principalId: 'x' }, counts: true },
  { left: undefined, counts: false }, { left: null, counts: false }, { left: {}, counts: false }, { left: { iam: { userArn: 'x' } }, counts: false }, { left: 'jwt', counts: false },
  { left: JSON.parse('{ "__proto__": { "jwt": {} } }'), counts: false },
];
const authorizer = fc.constantFrom(...AUTHORIZERS);
const method = fc.constantFrom('GET', 'GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD', 'PROPFIND', 'TRACE', 'CONNECT');

const request = api.chain((one) => fc.record({ api: fc.constant(one), path: pathOf(one), method, authorizer }));

export const RIGHT_ROUTER = 'the router of the matched route receives its path, or the refusal is correct';

export const rightRouter = property(RIGHT_ROUTER, 3000, request, async ({ api: one, path, method: verb, authorizer: { left, counts } }, subject: Subject) => {
  const route = matchRoute(one, path);
  const sent: Sent = { method: verb, path, query: '', headers: [], cookies: [], authorizer: left };
  const event = eventOf(one, route?.path ?? '/nobody/{declared+}', sent);
  const served = await serve(subject, one, event);
  if (!route) return expectRefusal(served, 404, 'ROUTE_UNKNOWN');
  const expected = expectedOf(one, route, path);
  if ('refusal' in expected) return expectRefusal(served, expected.refusal.status, expected.refusal.code);
  if ('oneOf' in expected) return expect(expected.oneOf).toEqual(expect.arrayContaining([...served.called]));
  const { router, sees, dots } = expected;
  if (router.authorized && !counts) return expectRefusal(served, 401, 'AUTHORIZER_CONTEXT_MISSING');
  if (router.kind === 'fetch' && /^(TRACE|CONNECT)$/.test(verb)) return expectRefusal(served, 405, 'METHOD_UNSUPPORTED');
  if (router.kind === 'fetch' && sees && dots) return expectRefusal(served, 400, 'PATH_REFUSED');
  if (router.kind === 'fetch' && !sees && served.answer.statusCode === 400) return;
  expect({ called: served.called, status: served.answer.statusCode }).toEqual({ called: [router.prefix], status: 200 });
  if (router.kind === 'lambda') expect(served.event).toEqual(event);
  else expectSeen(served, sees);
});

function expectRefusal({ answer, code, called }: Served, status: number, wanted: string): void {
  expect({ status: answer.statusCode, code, called }).toEqual({ status, code: wanted, called: [] });
}

/** Compares bytes, because a router's URL can encode them in different ways. */
function expectSeen({ request: asked }: Served, sees: readonly string[] | undefined): void {
  const { pathname, host } = new URL(asked!.url);
  if (sees) expect(pathname.slice(1).split('/').map(bytesOf)).toEqual(sees.length > 0 ? sees : ['']);
  expect(host).toMatch(/\.(amazonaws\.com|on\.aws|example\.com)$/);
  const base = asked!.headers.get('x-forwarded-prefix');
  if (base !== null) expect(base).toMatch(/^\/[^/]/);
}

/** An event that a caller with permission to invoke the function can send. */
const hostileEvent = api.chain((one) => fc.record({
  api: fc.constant(one),
  resource: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...one.routes.map(({ path }) => path)) },
    { weight: 1, arbitrary: fc.constantFrom('', 'toString', '__proto__', 'constructor', '/{proxy+}', '/nobody', '$default', '/$default', '/users', ' /users', '/users/', '/USERS') },
  ),
  path: pathOf(one),
  rest: fc.option(fc.oneof(fc.string(), pathOf(one), fc.anything()), { nil: undefined }),
  authorizer,
  odd: fc.option(fc.record({ member: fc.constantFrom('requestContext', 'headers', 'multiValueHeaders', 'pathParameters', 'rawPath', 'path', 'routeKey', 'resource', 'body', 'version', 'cookies', 'httpMethod', 'queryStringParameters', 'rawQueryString'), value: fc.jsonValue() }), { freq: 3, nil: undefined }),
}));

export const NEVER_ANOTHER = 'every event reaches only routers of its route, and gets a response';

export const neverAnother = property(NEVER_ANOTHER, 2500, hostileEvent, async ({ api: one, resource, path, rest, authorizer: { left, counts }, odd }, subject: Subject) => {
  const event = { ...eventOf(one, resource, { method: 'POST', path, query: '', headers: [], cookies: [], authorizer: left }), ...rest !== undefined && { pathParameters: { proxy: rest } }, ...odd && { [odd.member]: odd.value } };
  const { called, answer } = await serve(subject, { ...one, door: doorOf(one, event) }, JSON.parse(JSON.stringify(event)));
  expect(called.length).toBeLessThanOrEqual(1);
  if (called.length === 0) expect(answer.statusCode).toBeGreaterThanOrEqual(400);
  const tells = [(event as { routeKey?: unknown }).routeKey, (event as { resource?: unknown }).resource].map((text) => (typeof text === 'string' ? text : '').replace(/^[A-Z]* /, '').replace(/^\/\$default$/, '$default'));
  const allowed = declared(one).filter((route) => tells.includes(route.path)).flatMap(({ owners }) => owners);
  for (const prefix of called) {
    expect(allowed).toContain(prefix);
    if (one.routers.find((router) => router.prefix === prefix)!.authorized) expect(counts || odd?.member === 'requestContext').toBe(true);
  }
});

/** The routes of the API, and the routes that its routers would have in another API. */
function declared({ routers, routes }: Api): Api['routes'] {
  const own = routers.flatMap(({ prefix }) => [prefix, `${prefix === '/' ? '' : prefix}/{proxy+}`].map((path) => ({ path, owners: [prefix] })));
  return [...routes, ...own.filter(({ path }) => !routes.some((route) => route.path === path)), { path: '$default', owners: routers.map(({ prefix }) => prefix) }];
}

/** An event of payload format 2.0 gets a result of this format. */
function doorOf({ door }: Api, event: { readonly version?: unknown }): Api['door'] {
  return { ...door, kind: event.version === '2.0' ? 'HTTP API, payload 2.0' : 'REST API' };
}

const deepEvent = api.chain((one) => fc.record({ api: fc.constant(one), path: pathOf(one), depth: fc.constantFrom(1_000, 20_000, 200_000), member: fc.constantFrom('requestContext', 'headers', 'pathParameters', 'body') }));

export const DEEP = 'an event of any depth gets a response';

export const anyDepth = property(DEEP, 6, deepEvent, async ({ api: one, path, depth, member }, subject: Subject) => {
  let nested: unknown = {};
  for (let i = 0; i < depth; i++) nested = { nested };
  const event = eventOf(one, one.routes[0].path, { method: 'POST', path, query: '', headers: [], cookies: [] });
  const { answer } = await serve(subject, one, { ...event, [member]: nested });
  expect(answer.statusCode).toBeGreaterThanOrEqual(200);
});
