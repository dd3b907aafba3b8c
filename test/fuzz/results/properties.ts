/**
 * The results of the values that routers return and throw.
 */
import fc from 'fast-check';
import { Payload, refusedBy } from './accepted';
import type * as Results from './subject';
import { hostileValue, Made, nearlyFormed, wellFormed } from './values';
import { Api, DoorKind } from '../dispatch/api';
import { eventOf } from '../dispatch/gateway';
import { CONTEXT } from '../dispatch/serve';
import { property } from '../run/concern';
import { captureOutput } from '../run/output';

export type Subject = typeof Results;

interface Answer {
  readonly statusCode: number;
  readonly headers?: Record<string, unknown>;
  readonly multiValueHeaders?: Record<string, unknown[]>;
  readonly cookies?: string[];
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

const payload = fc.constantFrom<Payload>('1.0', '2.0');

async function ask({ createLazyApi }: Subject, format: Payload, router: unknown, method = 'GET'): Promise<Answer> {
  const api = createLazyApi({ routes: [{ prefix: '/', load: async () => ({ default: router }) }] });
  const kind: DoorKind = format === '1.0' ? 'REST API' : 'HTTP API, payload 2.0';
  const event = eventOf({ door: { kind, stage: '$default', mapping: '' } } as Api, '/{proxy+}', { method, path: '/x', query: '', headers: [], cookies: [] });
  const { value: answer, writes } = await captureOutput(() => api.handler(event, CONTEXT) as Promise<Answer>);
  expect(refusedBy(format, answer)).toBeUndefined();
  for (const line of writes) expect(JSON.parse(line)).toEqual(expect.any(Object));
  return answer;
}

const codeOf = ({ body }: Answer) => (JSON.parse(body!) as { code?: string }).code;

/** What a router does with a value. */
const conduct = fc.constantFrom('returns', 'throws', 'rejects', 'answers a fetch with', 'throws in fetch') as fc.Arbitrary<'returns'>;

export const ANY_VALUE = 'whatever a router returns or throws, the caller gets a response that API Gateway accepts';

export const anyValue = property(ANY_VALUE, 2500, fc.record({ format: payload, value: hostileValue, does: conduct }), async ({ format, value, does }, subject: Subject) => {
  const answer = await ask(subject, format, routerThat(does, value));
  if (does !== 'returns' && does !== 'answers a fetch with' as string) expect({ status: answer.statusCode, code: codeOf(answer) }).toEqual({ status: 500, code: 'HANDLER_FAILED' });
});

function routerThat(does: string, { make }: Made): unknown {
  switch (does) {
    case 'returns': return () => make();
    case 'throws': return () => { throw make(); };
    case 'rejects': return async () => { throw make(); };
    case 'answers a fetch with': return { fetch: () => make() };
    default: return { fetch() { throw make(); } };
  }
}

export const AS_DOCUMENTED = 'a well-formed result is returned unchanged';

export const asDocumented = property(AS_DOCUMENTED, 1500, fc.record({ format: payload, result: wellFormed }), async ({ format, result }, subject: Subject) => {
  const { cookies, multiValueHeaders, ...common } = result;
  const answer = await ask(subject, format, async () => result);
  expect(JSON.parse(JSON.stringify(answer))).toEqual(JSON.parse(JSON.stringify({ ...common, ...format === '2.0' ? { cookies } : { multiValueHeaders } })));
});

export const MALFORMED = 'a result that API Gateway would refuse becomes a 500 response that names the reason';

export const malformed = property(MALFORMED, 2500, fc.record({ format: payload, result: nearlyFormed }), async ({ format, result }, subject: Subject) => {
  const answer = await ask(subject, format, async () => result);
  const { cookies, multiValueHeaders, ...common } = result as Answer;
  if (isHard(result)) return;
  if (format === '2.0' && result.statusCode === undefined) return;
  const odd = refusedBy('1.0', { ...common, multiValueHeaders }) ?? refusedBy('2.0', { ...common, cookies });
  if (odd === undefined) expect(answer.statusCode).toBe(result.statusCode);
  else expect({ odd, status: answer.statusCode, code: codeOf(answer) }).toEqual({ odd, status: 500, code: 'RESULT_MALFORMED' });
});

/** Values without JSON, with JSON that hides the type, or that some code treats as numbers. Only a response is certain. */
function isHard({ statusCode, ...members }: { readonly statusCode?: unknown }): boolean {
  return !['number', 'boolean'].includes(typeof statusCode) || ![statusCode, ...Object.values(members).filter((value) => value !== undefined)].every((value) => isPlain(value));
}

function isPlain(value: unknown): boolean {
  if (['string', 'boolean'].includes(typeof value)) return true;
  if (typeof value === 'number') return Number.isFinite(value);
  const isObject = value !== null && typeof value === 'object' && [Object.prototype, Array.prototype, null].includes(Object.getPrototypeOf(value) as object);
  return isObject && !('toJSON' in value) && Object.values(value).every(isPlain);
}

export const TOO_LARGE = 'a result that is too large for Lambda becomes a 500 response that names the reason';

const nearTheLimit = fc.record({ format: payload, length: fc.integer({ min: 6_291_300, max: 6_291_700 }), text: fc.constantFrom('x', '\n', '\u00e9') });

export const tooLarge = property(TOO_LARGE, 5, nearTheLimit, async ({ format, length, text }, subject: Subject) => {
  const answer = await ask(subject, format, async () => ({ statusCode: 200, body: text.repeat(length / Buffer.byteLength(JSON.stringify(text).slice(1, -1))) }));
  if (answer.statusCode !== 200) expect({ status: answer.statusCode, code: codeOf(answer) }).toEqual({ status: 500, code: 'RESULT_TOO_LARGE' });
});

export const INFERRED = 'payload format 2.0 uses a value without a status code as the body of a 200 response';

export const inferred = property(INFERRED, 800, fc.jsonValue().filter((value) => (value as { statusCode?: unknown } | null)?.statusCode === undefined), async (value, subject: Subject) => {
  const answer = await ask(subject, '2.0', async () => value);
  if (value === null) return expect(answer.statusCode).toBe(500);
  expect(answer).toMatchObject({ statusCode: 200, headers: { 'content-type': 'application/json' }, body: typeof value === 'string' ? value : JSON.stringify(value) });
});

const response = fc.record({
  format: payload,
  status: fc.integer({ min: 200, max: 599 }),
  headers: fc.dictionary(fc.constantFrom('x-a', 'x-b', 'etag', 'vary', 'content-encoding', 'constructor'), fc.string({ unit: fc.constantFrom(...'ab c,;="\xe9'), maxLength: 8 }), { maxKeys: 3 }),
  cookies: fc.array(fc.constantFrom('a=1', 'b=2; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT', 'c='), { maxLength: 3 }),
  type: fc.constantFrom('text/plain', 'application/json', 'image/png', 'text/html; charset=latin1', 'application/vnd.x+json', ''),
  body: fc.oneof(fc.uint8Array({ maxLength: 60 }), fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => new TextEncoder().encode(text))),
  method: fc.constantFrom('GET', 'POST', 'HEAD'),
});

export const RESPONSE = 'the status, headers, cookies, and bytes of a Response arrive at the client';

export const responses = property(RESPONSE, 1500, response, async ({ format, status, headers, cookies, type, body, method }, subject: Subject) => {
  const empty = [204, 205, 304].includes(status);
  const made = () => {
    const given = new Headers(headers);
    if (type) given.set('content-type', type);
    for (const cookie of cookies) given.append('set-cookie', cookie);
    return new Response(empty ? null : body.slice(), { status, headers: given });
  };
  const answer = await ask(subject, format, { fetch: made }, method);
  const sent = made();
  expect(answer.statusCode).toBe(status);
  const bytes = Buffer.from(answer.body ?? '', answer.isBase64Encoded ? 'base64' : 'utf8');
  expect(bytes.toString('hex')).toBe(empty || method === 'HEAD' ? '' : Buffer.from(body).toString('hex'));
  const received = Object.entries({ ...answer.headers, ...answer.multiValueHeaders }).map(([name, value]): [string, string[]] => [name.toLowerCase(), [value].flat().map(String)]);
  const setCookies = answer.cookies ?? received.find(([name]) => name === 'set-cookie')?.[1] ?? [];
  expect(setCookies).toEqual(cookies);
  expect(received.filter(([name]) => name !== 'set-cookie').sort()).toEqual([...sent.headers].filter(([name]) => name !== 'set-cookie').map(([name, value]) => [name, [value]]).sort());
});
