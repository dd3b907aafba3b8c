import { replaceTokens } from '../private/tokens';

type Environment = { readonly [name: string]: string };

/** Values that router code can parse at load time, by what the variable's name says it is. */
const PLAUSIBLE: ReadonlyArray<readonly [RegExp, string]> = [
  [/(^|_)ARN$/, 'arn:aws:verification:us-east-1:123456789012:verification'],
  [/(^|_)(URL|URI|ENDPOINT)$/, 'https://verification.invalid/'],
  [/(^|_)(HOST|HOSTNAME|DOMAIN|DOMAIN_NAME)$/, 'verification.invalid'],
  [/(^|_)PORT$/, '443'],
  [/(^|_)REGION$/, 'us-east-1'],
  [/(^|_)ACCOUNT(_ID)?$/, '123456789012'],
];

/** The function's environment, with source maps switched on where the asset has them. */
export function functionEnvironment(environment: Environment = {}, sourceMap = false): Environment {
  if (!sourceMap) return environment;
  const options = environment.NODE_OPTIONS;
  return { ...environment, NODE_OPTIONS: options === undefined ? '--enable-source-maps' : `${options} --enable-source-maps` };
}

/** The environment as far as synthesis knows it: what only deployment knows becomes plausible. */
export function plausibleEnvironment(environment: Environment): { readonly environment: Environment; readonly standIns: readonly string[] } {
  const plausible = Object.entries(environment).map(([name, value]) => [name, replaceTokens(value, plausibleValue(name, value))] as const);
  return {
    environment: Object.fromEntries(plausible),
    standIns: plausible.filter(([name, value]) => value !== environment[name]).map(([name]) => name),
  };
}

function plausibleValue(name: string, value: string): string {
  const isToken = replaceTokens(value, '') === '';
  const upperSnake = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase();
  const known = PLAUSIBLE.find(([pattern]) => pattern.test(upperSnake));
  return isToken && known ? known[1] : 'verification';
}
