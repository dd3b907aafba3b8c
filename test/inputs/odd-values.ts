import { Lazy, Token } from 'aws-cdk-lib';

/** Values that no prop accepts. A caller without a compiler might pass any of them. */
export const ODD_VALUES: ReadonlyArray<readonly [name: string, value: unknown]> = [
  ['null', null],
  ['true', true],
  ['false', false],
  ['zero', 0],
  ['a negative number', -1.5],
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['a bigint', 10n],
  ['a symbol', Symbol('odd')],
  ['an empty string', ''],
  ['a string', 'odd'],
  ['the name of a member of every object', '__proto__'],
  ['a string with NUL', 'a\0b'],
  ['a string with line breaks', 'a\n"b"\r\u2028'],
  ['a long string', 'x'.repeat(5000)],
  ['a token as a string', Lazy.string({ produce: () => 'odd' })],
  ['a token as a number', Token.asNumber({ Ref: 'Odd' })],
  ['tokens as a list', Token.asList({ Ref: 'Odd' })],
  ['a token', Token.asAny({ Ref: 'Odd' })],
  ['an empty list', []],
  ['a list of null', [null]],
  ['a list with a hole', [, 'a']],
  ['an object', { odd: 'odd' }],
  ['an object of undefined', { odd: undefined }],
  ['an object without a prototype', Object.assign(Object.create(null), { constructor: 1 })],
  ['an object with an own __proto__', JSON.parse('{ "__proto__": { "a": 1 } }')],
  ['a function', () => 'odd'],
  ['a class', class Odd {}],
  ['an instance of a class', new (class Odd { public a = 1; })()],
  ['a Map', new Map([['a', 1]])],
  ['a Date', new Date(NaN)],
  ['a promise', Promise.resolve({})],
  ['an error', new Error('odd')],
  ['a proxy', new Proxy({}, {})],
  ['a revoked proxy', revokedProxy()],
  ['an object that cannot be read', new Proxy({}, { get: fail, has: fail, ownKeys: fail, getPrototypeOf: fail })],
  ['a list 100,000 deep', deepList(100_000)],
];

function revokedProxy(): unknown {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

function fail(): never {
  throw new TypeError('odd');
}

function deepList(depth: number): unknown[] {
  let list: unknown[] = [];
  for (let i = 1; i < depth; i++) list = [list];
  return list;
}
