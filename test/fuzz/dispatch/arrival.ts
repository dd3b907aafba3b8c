/**
 * What a fetch router receives of a request: headers, cookies, query string, and body.
 */
import fc from 'fast-check';
import { Api, Door } from './api';
import { eventOf, grouped, Sent } from './gateway';
import { serve, Subject } from './serve';
import { property } from '../run/concern';

const token = fc.string({ unit: fc.constantFrom(...'abcdefXYZ019-_.!'), minLength: 1, maxLength: 12 }).map((text) => `x-${text}`);
const value = fc.oneof(fc.string({ maxLength: 20 }), fc.constantFrom('', 'a,b', '"q"', '\u00e9', '__proto__', 'x'.repeat(500))).map((text) => text.replace(/[^\x20-\x7e\xa0-\xff]/g, '').trim());
const header = fc.tuple(fc.oneof({ weight: 4, arbitrary: token }, { weight: 1, arbitrary: fc.constantFrom('constructor', '__proto__', 'Origin', 'X-Forwarded-For', 'toString') }), value);
const bytes = fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.string({ unit: 'grapheme' }).map((text) => new TextEncoder().encode(text)));
const type = fc.constantFrom('application/json', 'text/plain', 'text/plain; charset=utf-8', 'text/plain; charset=latin1', 'application/octet-stream', 'application/x-www-form-urlencoded', 'application/graphql', 'image/png', '');

const request = fc.record({
  kind: fc.constantFrom<Door['kind']>('HTTP API, payload 2.0', 'HTTP API, payload 1.0', 'REST API', 'function URL'),
  headers: fc.uniqueArray(header, { maxLength: 5, selector: ([name]) => name.toLowerCase() }),
  repeated: fc.option(fc.tuple(value, value), { nil: undefined }),
  cookies: fc.array(fc.tuple(token, fc.constantFrom('1', 'a=b', '', 'x y')).map((pair) => pair.join('=')), { maxLength: 3 }),
  query: fc.array(fc.tuple(fc.string({ maxLength: 4 }), fc.string({ maxLength: 6 })), { maxLength: 4 }).map((pairs) => new URLSearchParams(pairs).toString()),
  body: fc.option(bytes, { nil: undefined }),
  type,
  method: fc.constantFrom('POST', 'PUT', 'DELETE', 'GET'),
});

export const ARRIVES = 'headers, cookies, query string, and body arrive unchanged at a fetch router';

export const arrives = property(ARRIVES, 1500, request, async ({ kind, headers, repeated, cookies, query, body, type: contentType, method }, subject: Subject) => {
  const front: Api = {
    door: { kind, stage: '$default', mapping: '' }, routers: [{ prefix: '/', authorized: false, kind: 'fetch', stripPrefix: true }],
    routes: [{ path: '/', owners: ['/'] }, { path: '/{proxy+}', owners: ['/'] }],
  };
  const pairs: Array<readonly [string, string]> = [...headers, ...contentType ? [['content-type', contentType] as const] : [], ...repeated ? repeated.map((text) => ['x-repeated', text] as const) : []];
  const sent: Sent = { method, path: '/echo', query, headers: pairs, cookies, body: body && bodyOf(kind, body, contentType) };
  const { request: asked, answer } = await serve(subject, front, eventOf(front, kind === 'function URL' ? '$default' : '/{proxy+}', sent), kind === 'REST API' ? { prepare: subject.decodeTextBody } : {});
  expect(answer.statusCode).toBe(200);
  expect(asked!.method).toBe(method);
  for (const [name, texts] of Object.entries(grouped(pairs.map(([key, text]) => [key.toLowerCase(), text])))) {
    // A list of values can be joined with or without a space.
    expect([texts.join(','), texts.join(', ')].map((text) => text.trim())).toContain(asked!.headers.get(name));
  }
  expect(asked!.headers.get('cookie')).toBe(cookies.length > 0 ? cookies.join('; ').trim() : null);
  expect(sorted(new URL(asked!.url).searchParams)).toEqual(sorted(new URLSearchParams(query)));
  const expected = method === 'GET' ? '' : Buffer.from(body ?? []).toString('hex');
  expect(Buffer.from(await asked!.arrayBuffer()).toString('hex')).toBe(expected);
});

/** The construct's REST APIs pass all bodies in base64. Other endpoints do so only for bodies that are not text. */
function bodyOf(kind: Door['kind'], bytesSent: Uint8Array, contentType: string): Sent['body'] {
  const buffer = Buffer.from(bytesSent);
  const isText = /^(text|application\/json)/.test(contentType) && Buffer.from(buffer.toString()).equals(buffer);
  return kind === 'REST API' || !isText ? { text: buffer.toString('base64'), base64: true } : { text: buffer.toString(), base64: false };
}

/** Payload format 1.0 keeps only the order of the values of one name. */
function sorted(params: URLSearchParams): Array<readonly [string, string[]]> {
  return [...new Set(params.keys())].sort().map((name) => [name, params.getAll(name)] as const);
}
