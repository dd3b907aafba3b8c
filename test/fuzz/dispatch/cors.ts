/**
 * Who may read a response: the CORS headers that the function adds behind a REST API, and its responses to preflight requests.
 */
import fc from 'fast-check';
import { Answer, Subject } from './serve';
import { property } from '../run/concern';

const ORIGINS = ['https://app.example.com', 'https://b.example', 'http://localhost:3000'];
const allowed: fc.Arbitrary<string[]> = fc.oneof(fc.constant<string[]>(['*']), fc.subarray(ORIGINS, { minLength: 1 }));
const origin = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...ORIGINS) },
  { weight: 4, arbitrary: fc.constantFrom(undefined, '', 'null', '*', 'https://APP.example.com', 'https://app.example.com.evil.test', 'https://evil.test?https://app.example.com', 'https://app.example.com/', 'http://app.example.com', 'https://app.example.com:443', 'constructor', '__proto__') },
  { weight: 1, arbitrary: fc.webUrl() },
);
const own = fc.constantFrom<Record<string, string>>({}, { Vary: 'accept' }, { vary: 'origin' }, { 'Access-Control-Allow-Origin': 'https://own.example' }, { 'access-control-allow-credentials': 'true' }, { __proto__x: '1' });
const headerName = fc.constantFrom('origin', 'Origin', 'ORIGIN');

const cors = fc.record({ allowOrigins: allowed, allowCredentials: fc.boolean(), exposeHeaders: fc.subarray(['x-total', 'etag']), origin, own, multi: fc.boolean(), headerName });

export const CORS = 'responses of a REST API carry CORS headers only for allowed origins';

export const corsHeaders = property(CORS, 1500, cors, ({ allowOrigins, allowCredentials, exposeHeaders, origin: asked, own: headers, multi, headerName: name }, subject: Subject) => {
  const credentials = allowCredentials && !allowOrigins.includes('*');
  const add = subject.addCorsHeaders({ allowOrigins, allowCredentials: credentials, exposeHeaders });
  const many = Object.fromEntries(Object.entries(headers).map(([key, text]) => [key, [text]]));
  const answer = add({ headers: asked === undefined ? {} : { [name]: asked } } as never, { statusCode: 200, ...multi ? { multiValueHeaders: many } : { headers } }) as Answer;
  const values = (wanted: string) => [
    ...Object.entries(answer.headers ?? {}), ...Object.entries(answer.multiValueHeaders ?? {}),
  ].filter(([key]) => key.toLowerCase() === wanted).flatMap(([, value]) => value);
  const ownOrigin = headers['Access-Control-Allow-Origin'];
  const granted = allowOrigins.includes('*') ? ['*'] : asked !== undefined && allowOrigins.includes(asked) ? [asked] : [];
  expect(values('access-control-allow-origin')).toEqual(ownOrigin === undefined ? granted : [ownOrigin]);
  if (ownOrigin !== undefined) return;
  const routers = headers['access-control-allow-credentials'] === undefined ? [] : ['true'];
  expect(values('access-control-allow-credentials')).toEqual(granted.length > 0 && credentials ? ['true'] : routers);
  expect(values('access-control-expose-headers')).toEqual(granted.length > 0 && exposeHeaders.length > 0 ? [exposeHeaders.join(',')] : []);
  if (!allowOrigins.includes('*')) expect(values('vary').join(',').toLowerCase()).toContain('origin');
  if (headers.Vary) expect(values('vary').join(',')).toContain('accept');
});

export const PREFLIGHT = 'a preflight response names only allowed origins, and other requests get no preflight response';

export const preflights = property(PREFLIGHT, 2000, fc.record({ allowOrigins: allowed, origin, routeKey: fc.constantFrom('OPTIONS /users', 'OPTIONS /{proxy+}', 'ANY /users', 'GET OPTIONS ', '$default', 'OPTIONS') }),
  ({ allowOrigins, origin: asked, routeKey }, subject: Subject) => {
    const answer = subject.preflight({ allowOrigins, headers: { 'access-control-allow-methods': 'GET' } })({ version: '2.0', routeKey, headers: { origin: asked } } as never) as Answer | undefined;
    expect(answer !== undefined).toBe(/^OPTIONS \//.test(routeKey));
    const granted = allowOrigins.includes('*') ? '*' : allowOrigins.find((one) => one === asked);
    if (answer) expect(answer.headers?.['access-control-allow-origin']).toBe(granted);
  });
