/**
 * Rules for the types of props, for callers whose compiler does not check them: JavaScript, `any`, JSON. A table of rules describes the props, and
 * `checkProp` throws an error if a value breaks one.
 */
import { LazyApiError } from './errors';
import { nearest } from './nearest';

/** Returns the problem of a prop's value, or undefined if the value is valid. */
export type Rule = (prop: string, value: unknown) => string | undefined;

/** A rule for each member of an object. */
export type Rules = Readonly<Record<string, Rule>>;

/** Throws an error if a value breaks a rule, or if it cannot be read: a revoked Proxy, or a getter that throws. */
export function checkProp(code: string, prop: string, value: unknown, rule: Rule): void {
  const problem = readProblem(prop, () => rule(prop, value));
  if (problem !== undefined) throw new LazyApiError(code, problem);
}

/** The same for an object whose members errors name without the object's name. `of` is the name of the object. */
export function checkMembers(code: string, of: string, value: unknown, rule: Rule): void {
  checkProp(code, of, value, () => rule('', value));
}

/** Throws an error if the options of a function break a rule. The error names the function, then the prop. */
export function checkOptionsOf(code: string, of: string, options: unknown, rule: Rule): void {
  checkProp(code, `${of}: the options`, options, anObject);
  checkMembers(code, `${of}: the options`, options, (prop, value) => {
    const problem = rule(prop, value);
    return problem === undefined ? undefined : `${of}: ${problem}`;
  });
}

function readProblem(of: string, read: () => string | undefined): string | undefined {
  try {
    return read();
  } catch {
    return `${of} must be a value that can be read, got one that throws an error when it is read; pass a plain value`;
  }
}

/** The rule that most other rules use. Pass `kindOf` as `shown` for values that may be secret. */
export function must(be: string, fits: (value: unknown) => boolean, shown: (value: unknown) => string = show): Rule {
  return (prop, value) => (fits(value) ? undefined : `${prop} must be ${be}, got ${shown(value)}`);
}

export const aString = must('a string', (value) => typeof value === 'string');
export const aBoolean = must('true or false', (value) => typeof value === 'boolean');
export const aNumber = must('a number', Number.isFinite);

/** A string that synthesis itself needs, so a token fails. */
export const aKnownString = must('a string that is known at synthesis', (value) => typeof value === 'string' && !isToken(value));

/** A plain object, or an instance of one of the user's classes. A Map or a Promise has no props. */
export const anObject = must('an object', (value) => Object.prototype.toString.call(value) === '[object Object]' && !isToken(value));
export const aList = must('a list', Array.isArray);

/** An instance of a class, recognized by one of its members: `instanceof` fails if two copies of a package are installed. */
export function having(member: string, be: string, shown?: (value: unknown) => string): Rule {
  return must(be, (value) => typeof value === 'object' && value !== null && member in value, shown);
}

export function oneOf(...values: readonly string[]): Rule {
  return must(`one of ${values.map(show).join(', ')}`, (value) => values.includes(value as string));
}

export function listOf(rule: Rule): Rule {
  return (prop, value) => aList(prop, value) ?? mixedListProblem(prop, value as unknown[])
    ?? firstProblem(Array.from(value as unknown[], (item, i) => [`${prop}[${i}]`, item, rule]));
}

/** CDK resolves a token for a list only if it is the only entry of the list. */
function mixedListProblem(prop: string, list: readonly unknown[]): string | undefined {
  if (isTokenList(list) || !list.some((item) => typeof item === 'string' && item.includes(LIST_TOKEN))) return undefined;
  return `${prop} must be a list of entries, or one token that stands for a list, got both; pass only the token, or list the entries literally`;
}

/** An object with keys that the user chooses. */
export function mapOf(rule: Rule, name: Rule = aString): Rule {
  return (prop, value) => anObject(prop, value) ?? firstProblem(Object.entries(value as object).flatMap(([key, item]) => [
    [`a name in ${prop}`, key, name],
    [`${prop}[${show(key)}]`, item, rule],
  ]));
}

/** An object of props. The compiler requires a rule for each of them. Pass '' as `prop` for props that errors name without a prefix. */
export function objectOf<T>(table: { readonly [K in keyof T]-?: Rule }): Rule {
  const members = membersOf<T>(table);
  const spelling = noMisspelling(Object.keys(table));
  return (prop, value) => anObject(prop, value) ?? spelling(prop, value) ?? members(prop, value);
}

/** The same for an object that can have more props than those of the table. */
export function membersOf<T>(table: { readonly [K in keyof T]-?: Rule }): Rule {
  const rows = Object.entries<Rule>(table);
  return (prop, value) => anObject(prop, value)
    ?? firstProblem(rows.map(([name, rule]) => [prop === '' ? name : `${prop}.${name}`, (value as Record<string, unknown>)[name], rule]));
}

/** The maximum number of edits of a misspelled prop, relative to its length. It is low, because other unknown props are accepted. */
const MISSPELLED = 1 / 3;

/**
 * Refuses an unknown prop with a name like that of a known prop, which would be ignored. Unknown props with other names are accepted: newer versions
 * of aws-cdk-lib add props, and users spread objects. The fields of a class are accepted, because its accessors can have similar names.
 */
export function noMisspelling(known: readonly string[]): Rule {
  const names = new Set(known);
  return (prop, value) => {
    const props = value as Readonly<Record<string, unknown>>;
    for (const given of isPlain(props) ? Object.keys(props) : []) {
      if (names.has(given)) continue;
      const meant = nearest(given, known.filter((name) => props[name] === undefined), MISSPELLED);
      if (meant !== undefined && props[given] !== undefined) return `${prop && `${prop}: `}"${given}" is not a prop; did you mean "${meant}"?`;
    }
    return undefined;
  };
}

/** Whether an object is an object literal, also one of another realm. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** The same rules for optional props. */
export function optional<K extends string>(table: Readonly<Record<K, Rule>>): Record<K, Rule> {
  const tolerant = (rule: Rule): Rule => (prop, value) => (value === undefined ? undefined : rule(prop, value));
  return Object.fromEntries(Object.entries<Rule>(table).map(([name, rule]) => [name, tolerant(rule)])) as Record<K, Rule>;
}

function firstProblem(rows: ReadonlyArray<readonly [prop: string, value: unknown, rule: Rule]>): string | undefined {
  for (const [prop, value, rule] of rows) {
    const problem = rule(prop, value);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** The maximum number of characters of a string that an error shows. */
const TEXT_SHOWN = 100;

/** A value as an error shows it. Long strings are truncated, and objects are named by their kind, because their members may be secret. */
export function show(value: unknown): string {
  if (typeof value !== 'string' || isToken(value)) return kindOf(value);
  return value.length <= TEXT_SHOWN ? JSON.stringify(value) : `${JSON.stringify(value.slice(0, TEXT_SHOWN))}... (${value.length} characters)`;
}

/** The kind of a value, without its contents. */
export function kindOf(value: unknown): string {
  if (isToken(value)) return 'a token, which is known only at deployment';
  if (typeof value === 'string') return 'a string';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'function') return kindOfFunction(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const name: unknown = Object.getPrototypeOf(value)?.constructor?.name;
  return typeof name === 'string' && name !== 'Object' ? `an instance of ${name}` : 'an object';
}

function kindOfFunction(value: object & { readonly name: string }): string {
  if (/^class\b/.test(String(value))) return `the class ${value.name}`;
  return `the function ${value.name || 'without a name'}; call it`;
}

/** Recognizes a CDK token by its encoding: lib/routers imports this file and must not import aws-cdk-lib. */
export function isToken(value: unknown): boolean {
  switch (typeof value) {
    case 'string': return /[$#]\{Token\[/.test(value);
    case 'number': return value < -1e288 && value > -Infinity;
    case 'object': return typeof (value as { resolve?: unknown } | null)?.resolve === 'function';
    default: return false;
  }
}

/** The start of the single entry that CDK uses to encode a token for a list. */
const LIST_TOKEN = '#{Token[';

/** Recognizes the result of `Token.asList`. */
export function isTokenList(value: readonly unknown[]): boolean {
  return value.length === 1 && typeof value[0] === 'string' && /^#\{Token\[[^\]]*\]\}$/.test(value[0]);
}
