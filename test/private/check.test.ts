import { Duration, Lazy, Token } from 'aws-cdk-lib';
import { aBoolean, aKnownString, aNumber, aString, Rule, checkProp, checkOptionsOf, having, kindOf, listOf, mapOf, must, objectOf, oneOf, optional, show } from '../../lib/private/check';

interface Options {
  readonly file: string;
  readonly depth?: number;
  readonly names?: string[];
  readonly inner?: { readonly quick?: boolean };
}

const options = objectOf<Options>({
  file: aKnownString,
  ...optional({ depth: aNumber, names: listOf(aString), inner: objectOf<NonNullable<Options['inner']>>(optional({ quick: aBoolean })) }),
});

const UNREADABLE = revokedProxy();

function revokedProxy(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

test.each<[wrong: string, check: Rule, value: unknown, message: string]>([
  ['another type', aString, 5, 'prop must be a string, got 5'],
  ['null', aString, null, 'prop must be a string, got null'],
  ['no number', aNumber, NaN, 'prop must be a number, got NaN'],
  ['a text for a truth value', aBoolean, 'true', 'prop must be true or false, got "true"'],
  ['a token where synthesis needs the value', aKnownString, Lazy.string({ produce: () => 'x' }), 'prop must be a string that is known at synthesis, got a token, which is known only at deployment'],
  ['one for many', listOf(aString), 'a', 'prop must be a list, got "a"'],
  ['an item', listOf(aString), ['a', {}], 'prop[1] must be a string, got an object'],
  ['a hole', listOf(aString), [, 'a'], 'prop[0] must be a string, got undefined'],
  ['an entry', mapOf(aString), { 'my key': 1 }, 'prop["my key"] must be a string, got 1'],
  ['a Map', mapOf(aString), new Map(), 'prop must be an object, got an instance of Map'],
  ['a promise', options, Promise.resolve({}), 'prop must be an object, got an instance of Promise'],
  ['a list for an object', options, [], 'prop must be an object, got a list of 0'],
  ['a required prop', options, {}, 'prop.file must be a string that is known at synthesis, got undefined'],
  ['a prop of a prop', options, { file: 'a', inner: { quick: 1 } }, 'prop.inner.quick must be true or false, got 1'],
  ['a factory that was not called', having('toSeconds', 'a Duration'), Duration.seconds, 'prop must be a Duration, got the function seconds; call it'],
  ['the class', having('toSeconds', 'a Duration'), Duration, 'prop must be a Duration, got the class Duration'],
  ['another word', oneOf('a', 'b'), 'c', 'prop must be one of "a", "b", got "c"'],
  ['a token for a list among entries', listOf(aString), [...Token.asList({ Ref: 'X' }), 'a'], 'prop must be a list of entries, or one token that stands for a list, got both; pass only the token, or list the entries literally'],
  ['an entry of a token for a list', listOf(aString), [`${Token.asList({ Ref: 'X' })[0]}a`], 'prop must be a list of entries, or one token that stands for a list, got both; pass only the token, or list the entries literally'],
  ['a value that cannot be read', aString, UNREADABLE, 'prop must be a value that can be read, got one that throws an error when it is read; pass a plain value'],
  ['a member that cannot be read', options, { get file() { throw new Error('odd'); } }, 'prop must be a value that can be read, got one that throws an error when it is read; pass a plain value'],
  ['what may be secret', must('an ISecret', () => false, kindOf), 'hunter2', 'prop must be an ISecret, got a string'],
])('describes %s', (_, check, value, message) => {
  expect(() => checkProp('CODE', 'prop', value, check)).toThrow(expect.objectContaining({ code: 'CODE', message }));
});

test.each<[right: string, check: Rule, value: unknown]>([
  ['a string', aString, ''],
  ['a token as a string', aString, Lazy.string({ produce: () => 'x' })],
  ['a token as a number', aNumber, Token.asNumber({ Ref: 'X' })],
  ['tokens as a list', listOf(aString), Token.asList({ Ref: 'X' })],
  ['an object without a prototype', mapOf(aString), Object.assign(Object.create(null), { constructor: 'x' })],
  ['an instance of a class', having('toSeconds', 'a Duration'), Duration.seconds(1)],
  ['props that are left out', options, { file: 'a', depth: undefined }],
])('accepts %s', (_, check, value) => {
  expect(() => checkProp('CODE', 'prop', value, check)).not.toThrow();
});

test.each<[value: unknown, shown: string]>([
  ['a "quoted" text', '"a \\"quoted\\" text"'],
  ['x'.repeat(1000), `"${'x'.repeat(100)}"... (1000 characters)`],
  [`${Token.asString({ Ref: 'X' })}!`, 'a token, which is known only at deployment'],
  [Token.asNumber({ Ref: 'X' }), 'a token, which is known only at deployment'],
  [Token.asAny({ Ref: 'X' }), 'a token, which is known only at deployment'],
  [{ password: 'hunter2' }, 'an object'],
  [['hunter2'], 'a list of 1'],
  [Object.create(null), 'an object'],
  [() => 1, 'the function without a name; call it'],
  [Symbol('s'), 'Symbol(s)'],
  [10n, '10'],
])('shows a short form of a value, without its contents: %#', (value, shown) => {
  expect(show(value)).toBe(shown);
});

test('options that cannot be read are refused with the name of the function', () => {
  expect(() => checkOptionsOf('CODE', 'Factory.make', UNREADABLE, options)).toThrow(expect.objectContaining({
    code: 'CODE', message: 'Factory.make: the options must be a value that can be read, got one that throws an error when it is read; pass a plain value',
  }));
});
