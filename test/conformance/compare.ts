/**
 * Whether what came out is what a vector declares.
 */
import { isObject } from './event';
import { repeat } from './repeat';
import { Json, JsonObject } from './vector';

/** A matcher gives a problem, or nothing where the value fits. */
type Matcher = (argument: Json, actual: Json | undefined, at: string) => string[];

const MATCHERS: { readonly [name: string]: Matcher } = {
  $type: (type, actual, at) => (typeof actual === type ? [] : [`${at}: expected a ${String(type)}, got ${show(actual)}`]),
  $match: (pattern, actual, at) => (typeof actual === 'string' && new RegExp(String(pattern), 'u').test(actual) ? [] : [`${at}: expected text like ${String(pattern)}, got ${show(actual)}`]),
  $atLeast: (least, actual, at) => (typeof actual === 'number' && actual >= Number(least) ? [] : [`${at}: expected at least ${String(least)}, got ${show(actual)}`]),
  $repeat: (text, actual, at) => differences(repeat(text), actual, at),
  $anyOrder: (expected, actual, at) => differences(sorted(expected), actual && sorted(actual), at),
  $json: (expected, actual, at) => differences(expected, parse(actual), `${at} as JSON`),
  $part: (expected, actual, at) => (isObject(actual) && isObject(expected) ? membersOf(expected, actual, at) : [`${at}: expected an object, got ${show(actual)}`]),
};

/** One line for each difference; none where all is as expected. */
export function differences(expected: Json, actual: Json | undefined, at: string): string[] {
  if (Array.isArray(expected)) return listDifferences(expected, actual, at);
  if (!isObject(expected)) return expected === actual ? [] : [`${at}: expected ${show(expected)}, got ${show(actual)}`];
  const [name] = Object.keys(expected);
  if (name?.startsWith('$')) return MATCHERS[name](expected[name], actual, at);
  if (!isObject(actual)) return [`${at}: expected ${show(expected)}, got ${show(actual)}`];
  const more = Object.keys(actual).filter((member) => !Object.hasOwn(expected, member));
  return [...membersOf(expected, actual, at), ...more.map((member) => `${at}.${member}: expected nothing, got ${show(actual[member])}`)];
}

/** Members that are expected to be null may also be absent. */
function membersOf(expected: JsonObject, actual: JsonObject, at: string): string[] {
  return Object.entries(expected).flatMap(([name, value]) => {
    const found = Object.hasOwn(actual, name) ? actual[name] : undefined;
    return differences(value, value === null ? found ?? null : found, `${at}.${name}`);
  });
}

function sorted(value: Json): Json {
  return Array.isArray(value) ? [...value as readonly Json[]].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : value;
}

function listDifferences(expected: readonly Json[], actual: Json | undefined, at: string): string[] {
  if (!Array.isArray(actual)) return [`${at}: expected a list, got ${show(actual)}`];
  const given = actual as readonly Json[];
  if (given.length !== expected.length) return [`${at}: expected ${expected.length} elements, got ${given.length}: ${show(given)}`];
  return expected.flatMap((value, index) => differences(value, given[index], `${at}[${index}]`));
}

function parse(text: Json | undefined): Json | undefined {
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
