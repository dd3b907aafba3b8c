/**
 * What props must be, for callers whose compiler does not tell: JavaScript, `any`, JSON. A table of checks describes the props, `demand` throws.
 */
import { LazyApiError } from './errors';

/** Says what is wrong with the value of a prop; nothing where it is right. */
export type Check = (prop: string, value: unknown) => string | undefined;

/** Fails with what the check says. */
export function demand(code: string, prop: string, value: unknown, check: Check): void {
  const defect = check(prop, value);
  if (defect !== undefined) throw new LazyApiError(code, defect);
}

/** The check behind most others. Use `kindOf` to show values that may be secret. */
export function must(be: string, fits: (value: unknown) => boolean, shown: (value: unknown) => string = show): Check {
  return (prop, value) => (fits(value) ? undefined : `${prop} must be ${be}, got ${shown(value)}`);
}

export const aString = must('a string', (value) => typeof value === 'string');
export const aBoolean = must('true or false', (value) => typeof value === 'boolean');
export const aNumber = must('a number', Number.isFinite);

/** A string that synthesis itself needs, so no token. */
export const aKnownString = must('a string that is known at synthesis', (value) => typeof value === 'string' && !isToken(value));

/** Of a plain object or a class of the user's: a Map or a Promise has no props. */
export const anObject = must('an object', (value) => Object.prototype.toString.call(value) === '[object Object]' && !isToken(value));
const aList = must('a list', Array.isArray);

/** An object of a class. By a member of it: with two copies of a package installed, `instanceof` refuses what works. */
export function having(member: string, be: string, shown?: (value: unknown) => string): Check {
  return must(be, (value) => typeof value === 'object' && value !== null && member in value, shown);
}

export function oneOf(...values: readonly string[]): Check {
  return must(`one of ${values.map(show).join(', ')}`, (value) => values.includes(value as string));
}

export function listOf(check: Check): Check {
  return (prop, value) => aList(prop, value) ?? firstDefect(Array.from(value as unknown[], (item, i) => [`${prop}[${i}]`, item, check]));
}

/** An object whose keys are the user's. */
export function mapOf(check: Check, name: Check = aString): Check {
  return (prop, value) => anObject(prop, value) ?? firstDefect(Object.entries(value as object).flatMap(([key, item]) => [
    [`a name in ${prop}`, key, name],
    [`${prop}[${show(key)}]`, item, check],
  ]));
}

/** An object of props: the compiler demands a check for each. The props of a construct have no name before theirs: ''. */
export function props<T>(table: { readonly [K in keyof T]-?: Check }): Check {
  const rows = Object.entries<Check>(table);
  return (prop, value) => anObject(prop, value)
    ?? firstDefect(rows.map(([name, check]) => [prop === '' ? name : `${prop}.${name}`, (value as Record<string, unknown>)[name], check]));
}

/** The same checks, for props that may be left out. */
export function optional<K extends string>(table: Readonly<Record<K, Check>>): Record<K, Check> {
  const tolerant = (check: Check): Check => (prop, value) => (value === undefined ? undefined : check(prop, value));
  return Object.fromEntries(Object.entries<Check>(table).map(([name, check]) => [name, tolerant(check)])) as Record<K, Check>;
}

function firstDefect(rows: ReadonlyArray<readonly [prop: string, value: unknown, check: Check]>): string | undefined {
  for (const [prop, value, check] of rows) {
    const defect = check(prop, value);
    if (defect !== undefined) return defect;
  }
  return undefined;
}

/** How much of a text an error shows, in characters. */
const TEXT_SHOWN = 100;

/** A value as an error shows it: short, and of objects nothing but what they are, since what they hold may be secret. */
export function show(value: unknown): string {
  if (typeof value !== 'string' || isToken(value)) return kindOf(value);
  return value.length <= TEXT_SHOWN ? JSON.stringify(value) : `${JSON.stringify(value.slice(0, TEXT_SHOWN))}... (${value.length} characters)`;
}

/** What a value is, without what it says. */
export function kindOf(value: unknown): string {
  if (isToken(value)) return 'a token, which is known only at deployment';
  if (typeof value === 'string') return 'a string';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'function') return /^class\b/.test(String(value)) ? `the class ${value.name}` : `the function ${value.name || 'without a name'}; call it`;
  if (typeof value !== 'object' || value === null) return String(value);
  const name: unknown = Object.getPrototypeOf(value)?.constructor?.name;
  return typeof name === 'string' && name !== 'Object' ? `an instance of ${name}` : 'an object';
}

/** A token of CDK's in any of its forms. By its looks, because lib/bundling must not import aws-cdk-lib. */
function isToken(value: unknown): boolean {
  switch (typeof value) {
    case 'string': return /[$#]\{Token\[/.test(value);
    case 'number': return value < -1e288 && value > -Infinity;
    case 'object': return typeof (value as { resolve?: unknown } | null)?.resolve === 'function';
    default: return false;
  }
}
