import { Duration, Token } from 'aws-cdk-lib';
import { aString, Rule, checkProp } from '../../lib/private/check';
import { aDurationOf, aListOfLength, all, aNonBlankString, aNumberFrom, aStringLike, aStringOfLength, aWholeNumberFrom, knownAtSynthesis } from '../../lib/private/limits';

const text = Token.asString({ Ref: 'X' });
const number = Token.asNumber({ Ref: 'X' });

test.each<[value: unknown, check: Rule, message: string]>([
  ['', aStringOfLength(1, 2), 'prop must be a string of 1 to 2 characters, got ""'],
  ['abc', aStringOfLength(1, 2), 'prop must be a string of 1 to 2 characters, got "abc"'],
  ['', aNonBlankString, 'prop must be a string that is not blank, got ""'],
  [' \t\n', aNonBlankString, 'prop must be a string that is not blank, got " \\t\\n"'],
  ['B', aStringLike('lower case', /^[a-z]+$/), 'prop must be lower case, got "B"'],
  [number, aStringOfLength(1, 2), 'prop must be a string of 1 to 2 characters, got a token, which is known only at deployment'],
  [4, aNumberFrom(5), 'prop must be a number of at least 5, got 4'],
  ['5', aNumberFrom(5), 'prop must be a number of at least 5, got "5"'],
  [Infinity, aNumberFrom(5), 'prop must be a number of at least 5, got Infinity'],
  [1.5, aWholeNumberFrom(1, 2), 'prop must be a whole number from 1 to 2, got 1.5'],
  [text, aNumberFrom(5), 'prop must be a number of at least 5, got a token, which is known only at deployment'],
  [number, knownAtSynthesis(aNumberFrom(5)), 'prop must be known at synthesis, got a token, which is known only at deployment'],
  [`x${text}`, knownAtSynthesis(aString, 'it is written down'), 'prop must be known at synthesis, got a token, which is known only at deployment; it is written down'],
  [Duration.seconds(61), aDurationOf('minutes', 1), 'prop must be a Duration in whole minutes, at least 1, got 1 minute 1 second'],
  [Duration.seconds(3), aDurationOf('seconds', 1, 2), 'prop must be a Duration in whole seconds, from 1 to 2, got 3 seconds'],
  [Duration.minutes(number), aDurationOf('seconds', 1), 'prop must be a Duration in whole seconds, at least 1, got a token in minutes'],
  [Duration.seconds(number), knownAtSynthesis(aDurationOf('seconds', 1)), 'prop must be known at synthesis, got a token, which is known only at deployment'],
  [300, aDurationOf('seconds', 1), 'prop must be a Duration in whole seconds, at least 1, got 300'],
  [['a', 'b'], aListOfLength(aString, 0, 1), 'prop must be a list of 0 to 1, got a list of 2'],
  ['ab', aListOfLength(aString, 1), 'prop must be a list of at least 1, got "ab"'],
  [[1], aListOfLength(aString, 1), 'prop[0] must be a string, got 1'],
  ['A', all(aString, aNonBlankString, aStringLike('lower case', /^[a-z]+$/), aStringOfLength(5, 6)), 'prop must be lower case, got "A"'],
])('%p is refused, and the error names the reason', (value, check, message) => {
  expect(() => checkProp('CODE', 'prop', value, check)).toThrow(expect.objectContaining({ code: 'CODE', message }));
});

test.each<[value: unknown, check: Rule]>([
  ['ab', aStringOfLength(1, 2)],
  [text, aStringOfLength(1, 2)],
  [5, aNumberFrom(5, 5)],
  [number, aWholeNumberFrom(1, 2)],
  [Duration.minutes(1), aDurationOf('seconds', 60, 60)],
  [Duration.seconds(number), aDurationOf('seconds', 1, 2)],
  [Duration.millis(number), aDurationOf('milliseconds', 1, 2)],
  [[], aListOfLength(aString, 0, 0)],
  [Token.asList({ Ref: 'X' }), aListOfLength(aString, 2)],
  ['a', knownAtSynthesis(aString)],
])('%p is accepted', (value, check) => {
  expect(() => checkProp('CODE', 'prop', value, check)).not.toThrow();
});
