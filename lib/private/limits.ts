/**
 * Rules for the values of props: lengths, ranges, and patterns. They accept tokens, whose values are known only at deployment. `knownAtSynthesis`
 * rejects tokens.
 */
import { aNumber, Rule, isToken, isTokenList, kindOf, listOf, must } from './check';

/** Reports the first problem that one of these rules finds. */
export function all(...rules: readonly Rule[]): Rule {
  return (prop, value) => {
    for (const rule of rules) {
      const problem = rule(prop, value);
      if (problem !== undefined) return problem;
    }
    return undefined;
  };
}

/** Rejects tokens, for values that synthesis itself needs. `why` gives the reason. */
export function knownAtSynthesis(rule: Rule, why = ''): Rule {
  return (prop, value) => (isToken(value) || isUnresolvedDuration(value)
    ? `${prop} must be known at synthesis, got a token, which is known only at deployment${why && `; ${why}`}`
    : rule(prop, value));
}

/** A string, or a token that stands for one. */
export function aStringThatIs(be: string, fits: (value: string) => boolean): Rule {
  return must(be, (value) => typeof value === 'string' && (isToken(value) || fits(value)));
}

export const aNonBlankString = aStringThatIs('a string that is not blank', (value) => value.trim() !== '');

/** A string of a length in characters. */
export function aStringOfLength(least: number, most: number): Rule {
  return aStringThatIs(`a string of ${least} to ${most} characters`, ({ length }) => length >= least && length <= most);
}

export function aStringLike(be: string, pattern: RegExp): Rule {
  return aStringThatIs(be, (value) => pattern.test(value));
}

export function aNumberFrom(least: number, most = Infinity): Rule {
  return inRange('a number', least, most, () => true);
}

export function aWholeNumberFrom(least: number, most = Infinity): Rule {
  return inRange('a whole number', least, most, Number.isInteger);
}

function inRange(be: string, least: number, most: number, fits: (value: number) => boolean): Rule {
  return must(`${be}${most === Infinity ? ' of ' : ' '}${rangeOf(least, most)}`, (value) => aNumber('', value) === undefined && (isToken(value) || (
    fits(value as number) && (value as number) >= least && (value as number) <= most
  )));
}

function rangeOf(least: number, most: number): string {
  return most === Infinity ? `at least ${least}` : `from ${least} to ${most}`;
}

const MILLISECONDS = { milliseconds: 1, seconds: 1000, minutes: 60_000 };

/** The members of CDK's Duration that these checks use. lib/routers imports this file and must not import aws-cdk-lib. */
interface DurationLike {
  isUnresolved(): boolean;
  unitLabel(): string;
  toMilliseconds(options: { readonly integral: boolean }): number;
  toHumanString(): string;
}

/** A duration of whole units. CDK cannot convert a token to another unit, so a token must be in this one. */
export function aDurationOf(unit: keyof typeof MILLISECONDS, least: number, most = Infinity): Rule {
  const fits = (duration: DurationLike) => {
    if (duration.isUnresolved()) return duration.unitLabel() === (unit === 'milliseconds' ? 'millis' : unit);
    const amount = duration.toMilliseconds({ integral: false }) / MILLISECONDS[unit];
    return Number.isInteger(amount) && amount >= least && amount <= most;
  };
  const shown = (value: unknown) => {
    if (!isDuration(value)) return kindOf(value);
    return value.isUnresolved() ? `a token in ${value.unitLabel()}` : value.toHumanString();
  };
  return must(`a Duration in whole ${unit}, ${rangeOf(least, most)}`, (value) => isDuration(value) && fits(value), shown);
}

function isDuration(value: unknown): value is DurationLike {
  return typeof value === 'object' && value !== null && 'toMilliseconds' in value && 'isUnresolved' in value;
}

function isUnresolvedDuration(value: unknown): boolean {
  return isDuration(value) && value.isUnresolved();
}

/** A list of `least` to `most` entries, or a token that stands for a list. */
export function aListOfLength(rule: Rule, least: number, most = Infinity): Rule {
  const lengthFits = must(
    most === Infinity ? `a list of at least ${least}` : `a list of ${least} to ${most}`,
    (value) => Array.isArray(value) && (isTokenList(value) || (value.length >= least && value.length <= most)),
  );
  return all(lengthFits, listOf(rule));
}
