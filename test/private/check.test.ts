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
  ['a wrong type', aString, 5, 'prop must be a string, got 5'],
  ['null', aString, null, 'prop must be a string, got null'],
  ['NaN', aNumber, NaN, 'prop must be a number, got NaN'],
  ['a string instead of a boolean', aBoolean, 'true', 'prop must be true or false, got "true"'],
  ['a token if synthesis needs the value', aKnownString, Lazy.string({ produce: () => 'x' }), 'prop must be a string that is known at synthesis, got a token, which is known only at deployment'],
  ['a string instead of a list', listOf(aString), 'a', 'prop must be a list, got "a"'],
  ['a wrong item of a list', listOf(aString), ['a', {}], 'prop[1] must be a string, got an object'],
  ['a hole in a list', listOf(aString), [, 'a'], 'prop[0] must be a string, got undefined'],
  ['a wrong entry of a map', mapOf(aString), { 'my key': 1 }, 'prop["my key"] must be a string, got 1'],
  ['a Map instead of an object', mapOf(aString), new Map(), 'prop must be an object, got an instance of Map'],
  ['a promise instead of an object', options, Promise.resolve({}), 'prop must be an object, got an instance of Promise'],
  ['a list instead of an object', options, [], 'prop must be an object, got a list of 0'],
  ['a missing required prop', options, {}, 'prop.file must be a string that is known at synthesis, got undefined'],
  ['a wrong nested prop', options, { file: 'a', inner: { quick: 1 } }, 'prop.inner.quick must be true or false, got 1'],
  ['a misspelled prop', options, { file: 'a', dept: 1 }, 'prop: "dept" is not a prop; did you mean "depth"?'],
  ['a misspelled prop that is required', options, { fil: 'a' }, 'prop: "fil" is not a prop; did you mean "file"?'],
  ['a misspelled nested prop', options, { file: 'a', inner: { quik: true } }, 'prop.inner: "quik" is not a prop; did you mean "quick"?'],
  ['a factory that was not called', having('toSeconds', 'a Duration'), Duration.seconds, 'prop must be a Duration, got the function seconds; call it'],
  ['a class instead of an instance', having('toSeconds', 'a Duration'), Duration, 'prop must be a Duration, got the class Duration'],
  ['a value that is not one of the allowed values', oneOf('a', 'b'), 'c', 'prop must be one of "a", "b", got "c"'],
  ['a list token together with entries', listOf(aString), [...Token.asList({ Ref: 'X' }), 'a'], 'prop must be a list of entries, or one token that stands for a list, got both; pass only the token, or list the entries literally'],
  ['a string that contains an item of a list token', listOf(aString), [`${Token.asList({ Ref: 'X' })[0]}a`], 'prop must be a list of entries, or one token that stands for a list, got both; pass only the token, or list the entries literally'],
  ['a value that cannot be read', aString, UNREADABLE, 'prop must be a value that can be read, got one that throws an error when it is read; pass a plain value'],
  ['a member that cannot be read', options, { get file() { throw new Error('odd'); } }, 'prop must be a value that can be read, got one that throws an error when it is read; pass a plain value'],
  ['a value that could be secret', must('an ISecret', () => false, kindOf), 'hunter2', 'prop must be an ISecret, got a string'],
])('the error describes %s', (_, check, value, message) => {
  expect(() => checkProp('CODE', 'prop', value, check)).toThrow(expect.objectContaining({ code: 'CODE', message }));
});

test.each<[right: string, check: Rule, value: unknown]>([
  ['a string', aString, ''],
  ['a token as a string', aString, Lazy.string({ produce: () => 'x' })],
  ['a token as a number', aNumber, Token.asNumber({ Ref: 'X' })],
  ['tokens as a list', listOf(aString), Token.asList({ Ref: 'X' })],
  ['an object without a prototype', mapOf(aString), Object.assign(Object.create(null), { constructor: 'x' })],
  ['an instance of a class', having('toSeconds', 'a Duration'), Duration.seconds(1)],
  ['an unknown prop that resembles no other', options, { file: 'a', tracing: 1 }],
  ['an unknown prop that resembles one that is set', options, { file: 'a', files: 1 }],
  ['an unknown prop that is left out', options, { file: 'a', dept: undefined }],
  ['the fields of a class', options, new class { file = 'a'; _depth = 1; }()],
  ['props that are left out', options, { file: 'a', depth: undefined }],
])('%s is accepted', (_, check, value) => {
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
])('show() returns a short form of a value without its contents: %#', (value, shown) => {
  expect(show(value)).toBe(shown);
});

test('the error for options that cannot be read names the function', () => {
  expect(() => checkOptionsOf('CODE', 'Factory.make', UNREADABLE, options)).toThrow(expect.objectContaining({
    code: 'CODE', message: 'Factory.make: the options must be a value that can be read, got one that throws an error when it is read; pass a plain value',
  }));
});
