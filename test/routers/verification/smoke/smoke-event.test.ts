/**
 * These tests compare the events of smoke requests with the events that AWS sends.
 */
import * as fs from 'fs';
import * as path from 'path';
import { EventSource, PLAIN_ENDPOINT } from '../../../../lib/contract/endpoint';
import { SmokeTarget, toSmokeEvents } from '../../../../lib/routers/verification/smoke/smoke-event';
import { SmokeRequest } from '../../../../lib/routers/verification/smoke/smoke-requests';

/** The members that single tests use. */
interface Event {
  readonly cookies?: string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly requestContext: { readonly authorizer?: object };
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

const SOURCES: [EventSource, string][] = [['HTTP API', 'http-2.0'], ['REST API', 'rest'], ['function URL', 'function-url']];

function eventOf(target: string, eventSource: EventSource, request: Partial<SmokeRequest> = {}, more: Partial<SmokeTarget> = {}) {
  const sent = { method: 'GET', target, headers: {}, status: 200, ...request };
  return toSmokeEvents([sent], { prefixes: ['/users', '/users/{id}/orders', '/teams'], traits: PLAIN_ENDPOINT, eventSource, ...more })[0].event as Event;
}

/** Maps the name of each member to its type. Leaves out single headers, `protocol`, and `extendedRequestId`. */
function shapeOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value === null ? null : typeof value;
  const members = Object.entries(value).filter(([name]) => !['protocol', 'extendedRequestId'].includes(name));
  return Object.fromEntries(members.map(([name, member]) => [name, /headers/i.test(name) ? 'headers' : shapeOf(member)]));
}

test.each(SOURCES)('an event of %s has the members of a real event', (source, sample) => {
  const real = JSON.parse(fs.readFileSync(path.join(__dirname, `../../../conformance/events/${sample}.json`), 'utf8')) as object;
  expect(shapeOf(eventOf('/users/7', source))).toEqual(shapeOf(real));
});

test.each<[EventSource, object]>([
  ['HTTP API', { routeKey: 'ANY /users/{id}/orders/{proxy+}', rawPath: '/users/ü/orders/a b', pathParameters: { id: 'ü', proxy: 'a b' } }],
  ['REST API', { resource: '/users/{id}/orders/{proxy+}', path: '/users/%C3%BC/orders/a%20b', pathParameters: { id: 'ü', proxy: 'a b' } }],
  ['function URL', { routeKey: '$default', rawPath: '/users/%C3%BC/orders/a%20b' }],
])('an event of %s contains the path and the route', (source, members) => {
  expect(eventOf('/users/%C3%BC/orders/a%20b', source)).toMatchObject(members);
});

test('if several routers share a greedy route, the event contains the greedy route', () => {
  const traits = { ...PLAIN_ENDPOINT, greedyRoutes: { '/{proxy+}': ['/users', '/teams'] } };
  expect(eventOf('/teams', 'HTTP API', {}, { traits })).toMatchObject({ routeKey: 'ANY /{proxy+}', pathParameters: { proxy: 'teams' } });
  expect(eventOf('/users/7/orders', 'REST API', {}, { traits })).toMatchObject({ resource: '/users/{id}/orders' });
});

test('a query parameter can have several values', () => {
  expect(eventOf('/users?a=1&b=%26&a=2', 'HTTP API')).toMatchObject({ rawQueryString: 'a=1&b=%26&a=2', queryStringParameters: { a: '1,2', b: '&' } });
  expect(eventOf('/users?a=1&b=%26&a=2', 'REST API')).toMatchObject({ queryStringParameters: { a: '2', b: '&' }, multiValueQueryStringParameters: { a: ['1', '2'], b: ['&'] } });
});

test('HTTP APIs list cookies, REST APIs keep them in the headers, and function URLs do both', () => {
  const request = { headers: { cookie: 'a=1; b=2' } };
  expect(SOURCES.map(([source]) => eventOf('/users', source, request)).map(({ cookies, headers }) => [cookies, headers.cookie])).toEqual([
    [['a=1', 'b=2'], undefined], [undefined, 'a=1; b=2'], [['a=1', 'b=2'], 'a=1; b=2'],
  ]);
});

test('only routers with an authorizer get an authorizer context', () => {
  const traits = { ...PLAIN_ENDPOINT, authorizedPrefixes: ['/teams'] };
  const authorizers = (target: string, request: Partial<SmokeRequest> = {}) => SOURCES.map(([source]) => eventOf(target, source, request, { traits }).requestContext.authorizer);
  expect(authorizers('/users')).toEqual([undefined, undefined, undefined]);
  expect(authorizers('/teams').slice(0, 2)).toEqual([{ jwt: expect.anything(), lambda: {} }, { claims: {}, principalId: 'verification' }]);
  expect(authorizers('/teams', { authorizer: { claims: { sub: 'me' } } })[1]).toEqual({ claims: { sub: 'me' } });
});

test.each<[type: string, binaryBodies: boolean, encoded: boolean[]]>([
  ['application/json', true, [false, true, false]],
  ['application/json', false, [false, false, false]],
  ['application/x-www-form-urlencoded', false, [true, false, true]],
  ['application/problem+json; charset=utf-8', false, [false, false, false]],
])('a body of type %s with binaryBodies: %s is encoded in base64 exactly if it is in production', (type, binaryBodies, encoded) => {
  const request = { headers: { 'content-type': type }, body: 'a=1' };
  const events = SOURCES.map(([source]) => eventOf('/users', source, request, { traits: { ...PLAIN_ENDPOINT, binaryBodies } }));
  expect(events.map(({ isBase64Encoded }) => isBase64Encoded)).toEqual(encoded);
  expect(events.map(({ body, isBase64Encoded }) => Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8').toString())).toEqual(['a=1', 'a=1', 'a=1']);
});

test('a binary body is encoded in base64 for every endpoint', () => {
  const request = { headers: { 'content-type': 'image/png' }, body: '/wA=', isBase64Encoded: true };
  for (const [source] of SOURCES) expect(eventOf('/users', source, request)).toMatchObject({ body: '/wA=', isBase64Encoded: true });
});
