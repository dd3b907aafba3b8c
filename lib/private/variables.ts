/**
 * What Lambda accepts as environment variables.
 */
import { Rule, kindOf, must } from './check';
import { all } from './limits';

/** Lambda's limit for all variables of a function: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const MOST_ENVIRONMENT_BYTES = 4096;

const aHiddenString = must('a string', (value) => typeof value === 'string', kindOf);

const withoutNul = must(
  'without NUL characters, which environment variables cannot contain',
  (value) => !(value as string).includes('\0'),
  () => 'one with them',
);

/** The value of an environment variable. Errors never show it, because it may be secret. */
export const aVariable: Rule = all(aHiddenString, withoutNul);
