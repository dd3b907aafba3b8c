import { mapOf, must } from '../private/check';
import { LazyApiError } from '../private/errors';
import { PLAUSIBLE_PART, plausibleValue } from '../private/plausible-value';
import { replaceTokens } from '../private/tokens';
import { aVariable, MOST_ENVIRONMENT_BYTES } from '../private/variables';

type Environment = { readonly [name: string]: string };

/** https://docs.aws.amazon.com/lambda/latest/api/API_Environment.html */
const aName = must('a letter, followed by at least one letter, digit or "_"', (value) => /^[A-Za-z][A-Za-z0-9_]+$/.test(value as string));

/** What the prop `environment` must be. */
export const anEnvironment = mapOf(aVariable, aName);

/** Throws an error if the variables are larger than Lambda accepts. Tokens are not counted. */
export function checkEnvironmentSize(environment: Environment): void {
  const sizes = Object.entries(environment).map(([name, value]) => ({ name, bytes: Buffer.byteLength(name + replaceTokens(value, '')) }));
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total <= MOST_ENVIRONMENT_BYTES) return;
  const largest = sizes.sort((a, b) => b.bytes - a.bytes).slice(0, 3).map(({ name, bytes }) => `${name} (${bytes})`);
  throw new LazyApiError(
    'ENVIRONMENT',
    `environment must have at most ${MOST_ENVIRONMENT_BYTES} bytes, names and values together, got ${total}; `
    + `the largest are ${largest.join(', ')}; move large values to parameters, secrets, or a module`,
  );
}

/** The environment with plausible values in place of values that are known only at deployment. */
export function plausibleEnvironment(environment: Environment): { readonly environment: Environment; readonly standIns: readonly string[] } {
  const plausible = Object.entries(environment).map(([name, value]) => [name, replaceTokens(value, standInFor(name, value))] as const);
  return {
    environment: Object.fromEntries(plausible),
    standIns: plausible.filter(([name, value]) => value !== environment[name]).map(([name]) => name),
  };
}

function standInFor(name: string, value: string): string {
  const isToken = replaceTokens(value, '') === '';
  return isToken ? plausibleValue(name) : PLAUSIBLE_PART;
}
