/**
 * Compares observed values with those that a vector declares.
 */
import { isObject } from './event';
import { repeat } from './repeat';
import { Json, JsonObject } from './vector';

/** Returns the problems, or an empty list if the value matches. */
type Matcher = (argument: Json, actual: Json, at: string) => string[];

const MATCHERS: { readonly [name: string]: Matcher } = {
  $type: (type, actual, at) => unless(typeof actual === type, `a ${String(type)}`, actual, at),
  $match: (patterns, actual, at) => [patterns].flat().flatMap((one) => unless(isLike(String(one), actual), `text like ${String(one)}`, actual, at)),
  $atLeast: (least, actual, at) => unless(isWithin([least, Infinity], actual), `at least ${String(least)}`, actual, at),
  $between: (range, actual, at) => unless(isWithin(range, actual), `a number from ${show(range)}`, actual, at),
  $repeat: (text, actual, at) => differences(repeat(text), actual, at),
  $anyOrder: (expected, actual, at) => differences(reordered(expected as readonly Json[], actual), actual, at),
  $json: (expected, actual, at) => differences(expected, parse(actual), `${at} as JSON`),
  $part: (expected, actual, at) => (isObject(actual) ? membersOf(expected as JsonObject, actual, at) : unless(false, 'an object', actual, at)),
};

function unless(fits: boolean, expected: string, actual: Json, at: string): string[] {
  return fits ? [] : [`${at}: expected ${expected}, got ${show(actual)}`];
}

/** One line for each difference. Empty if all values are as expected. */
export function differences(expected: Json, actual: Json, at: string): string[] {
  if (Array.isArray(expected)) return listDifferences(expected, actual, at);
  if (!isObject(expected)) return unless(expected === actual, show(expected), actual, at);
  const [name] = Object.keys(expected);
  if (name?.startsWith('$')) return MATCHERS[name](expected[name], actual, at);
  if (!isObject(actual)) return unless(false, show(expected), actual, at);
  const more = Object.keys(actual).filter((member) => !Object.hasOwn(expected, member));
  return [...membersOf(expected, actual, at), ...more.flatMap((member) => unless(false, 'nothing', actual[member], `${at}.${member}`))];
}

/** Members that must be null can also be missing. */
function membersOf(expected: JsonObject, actual: JsonObject, at: string): string[] {
  return Object.entries(expected).flatMap(([name, value]) => {
    const found = Object.hasOwn(actual, name) ? actual[name] : undefined;
    return differences(value, value === null ? found ?? null : found, `${at}.${name}`);
  });
}

function isLike(pattern: string, value: Json): boolean {
  return typeof value === 'string' && new RegExp(pattern, 'u').test(value);
}

function isWithin(range: Json, value: Json): boolean {
  const [least, most] = range as readonly number[];
  return typeof value === 'number' && value >= least && value <= most;
}

/** The expected elements in the order of the actual list. */
function reordered(expected: readonly Json[], actual: Json): readonly Json[] {
  const left = [...expected];
  const found = (Array.isArray(actual) ? actual as readonly Json[] : []).flatMap((value) => {
    const index = left.findIndex((one) => differences(one, value, '').length === 0);
    return index < 0 ? [] : left.splice(index, 1);
  });
  return [...found, ...left];
}

function listDifferences(expected: readonly Json[], actual: Json, at: string): string[] {
  if (!Array.isArray(actual)) return unless(false, 'a list', actual, at);
  if (actual.length !== expected.length) return [`${at}: expected ${expected.length} elements, got ${actual.length}: ${show(actual)}`];
  return expected.flatMap((value, index) => differences(value, actual[index], `${at}[${index}]`));
}

function parse(text: Json): Json {
  try {
    return JSON.parse(String(text)) as Json;
  } catch {
    return undefined;
  }
}

function show(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 500 ? `${text.slice(0, 500)}...` : text;
}
