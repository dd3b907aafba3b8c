/**
 * What routers return and throw: correct results, almost correct results, and any other value.
 */
import fc from 'fast-check';

const cyclic: { self?: unknown } = {};
cyclic.self = cyclic;

/** Values that throw, lie, or never end when code reads them. Each run creates new ones. */
const HOSTILE: ReadonlyArray<readonly [name: string, make: () => unknown]> = [
  ['a revoked proxy', () => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy; }],
  ['a proxy that throws', () => new Proxy({}, { get() { throw new Error('no'); }, ownKeys() { throw new Error('no'); }, has() { throw new Error('no'); } })],
  ['a revoked function', () => { const { proxy, revoke } = Proxy.revocable(() => {}, {}); revoke(); return proxy; }],
  ['a cycle', () => cyclic],
  ['a getter that throws', () => ({ get statusCode() { throw new Error('no'); } })],
  ['a getter that returns different values', () => { let n = 0; return { get statusCode() { return n++ ? 'x' : 200; }, get body() { return n++ % 2 ? {} : 'x'; } }; }],
  ['a toJSON that throws', () => ({ statusCode: 200, headers: { toJSON() { throw new Error('no'); } } })],
  ['a toJSON that returns incorrect values', () => ({ statusCode: 200, headers: { toJSON: () => 'x' }, isBase64Encoded: { toJSON: () => 7 } })],
  ['a thenable that throws', () => ({ then() { throw new Error('no'); } })],
  ['a rejected promise', () => { const promise = Promise.reject(new Error('no')); promise.catch(() => {}); return promise; }],
  ['a deep object', () => { let nested: unknown = {}; for (let i = 0; i < 200_000; i++) nested = { nested }; return nested; }],
  ['deep headers', () => { let nested: unknown = {}; for (let i = 0; i < 200_000; i++) nested = { nested }; return { statusCode: 200, headers: nested }; }],
  ['an error whose members throw', () => { const error = new Error('no'); Object.defineProperty(error, 'message', { get() { throw new Error('no'); } }); return error; }],
  ['an error with a cycle of causes', () => { const error = new Error('no'); error.cause = error; return error; }],
  ['an error with a symbol as message', () => Object.assign(new Error('no'), { message: Symbol('no'), name: Symbol('no'), stack: Symbol('no') })],
  ['an object that cannot be converted to a string', () => ({ toString: () => ({}), [Symbol.toPrimitive]: () => { throw new Error('no'); } })],
  ['an object that imitates a Response', () => ({ status: 200, headers: { forEach() {}, getSetCookie: () => [], has: () => false, get: () => null }, arrayBuffer: async () => { throw new Error('no'); } })],
  ['a Response that was already read', () => { const response = new Response('x'); void response.text(); return response; }],
  ['a Response whose stream fails', () => new Response(new ReadableStream({ start: (controller) => controller.error(new Error('no')) }))],
  ['a Response.error()', () => Response.error()],
];

export interface Made {
  make(): unknown;
}

const hostile = fc.constantFrom(...HOSTILE).map(([label, make]): Made => ({ make, [fc.toStringMethod]: () => label }) as Made);

const anything = fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withObjectString: true, withSet: true, withSparseArray: true, withTypedArray: true });

/** Hostile values are expensive, so most runs use other values. */
export const hostileValue: fc.Arbitrary<Made> = fc.oneof(
  { weight: 1, arbitrary: hostile },
  { weight: 3, arbitrary: anything.map((value) => ({ make: () => value, [fc.toStringMethod]: () => fc.stringify(value) }) as Made) },
);

const odd = fc.oneof(
  fc.constantFrom<unknown>('x', '', 7, -1, NaN, true, null, [], {}, ['x'], [['x']], { a: {} }, { a: ['x'] }, { a: [['x']] }, { a: null }, { a: 1n }, 'yes', 'true', Symbol.iterator, new Date(NaN), new Map([['a', 'b']]),
    { 'a b': 'x' }, { '': 'x' }, { 'x-\u00e9': ['x'] }, { a: 'x\r\nset-cookie: b=1' }, { a: ['x', '\0'] }, ['a=1', 'b\n'], [0], ['x', true]),
  anything,
);
const headerValue = fc.oneof(fc.string({ maxLength: 8 }), fc.integer(), fc.boolean());
const name = fc.constantFrom('content-type', 'X-A', 'x-b', 'set-cookie', 'constructor', '__proto__');
const map = <T>(value: fc.Arbitrary<T>) => fc.dictionary(name, value, { maxKeys: 3 });

/** As in the documentation of API Gateway. */
export const wellFormed = fc.record({
  statusCode: fc.integer({ min: 200, max: 599 }),
  headers: map(headerValue),
  multiValueHeaders: map(fc.array(headerValue, { maxLength: 2 })),
  cookies: fc.array(fc.string({ maxLength: 6 }), { maxLength: 2 }),
  body: fc.string({ maxLength: 30 }),
  isBase64Encoded: fc.boolean(),
}, { requiredKeys: ['statusCode'] });

export const MEMBERS = ['statusCode', 'headers', 'multiValueHeaders', 'cookies', 'body', 'isBase64Encoded'] as const;

/** A result with one incorrect member. */
export const nearlyFormed = fc.record({ result: wellFormed, member: fc.constantFrom(...MEMBERS), value: odd }).map(({ result, member, value }) => ({ ...result, [member]: value }));
