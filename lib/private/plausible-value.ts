/** Values that router code can parse at load time, by what the name of the variable suggests. */
const PLAUSIBLE: ReadonlyArray<readonly [RegExp, string]> = [
  [/(^|_)ARN$/, 'arn:aws:verification:us-east-1:123456789012:verification'],
  [/(^|_)(URL|URI|ENDPOINT)$/, 'https://verification.invalid/'],
  [/(^|_)(HOST|HOSTNAME|DOMAIN|DOMAIN_NAME)$/, 'verification.invalid'],
  [/(^|_)PORT$/, '443'],
  [/(^|_)REGION$/, 'us-east-1'],
  [/(^|_)ACCOUNT(_ID)?$/, '123456789012'],
];

/** The replacement for a part of a value. */
export const PLAUSIBLE_PART = 'verification';

/** The replacement for the value of an environment variable that is known only at deployment, by the variable's name. */
export function plausibleValue(name: string): string {
  const upperSnake = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase();
  return PLAUSIBLE.find(([pattern]) => pattern.test(upperSnake))?.[1] ?? PLAUSIBLE_PART;
}
