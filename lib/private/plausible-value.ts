/** Values that router code can parse at load time, by what the variable's name says it is. */
const PLAUSIBLE: ReadonlyArray<readonly [RegExp, string]> = [
  [/(^|_)ARN$/, 'arn:aws:verification:us-east-1:123456789012:verification'],
  [/(^|_)(URL|URI|ENDPOINT)$/, 'https://verification.invalid/'],
  [/(^|_)(HOST|HOSTNAME|DOMAIN|DOMAIN_NAME)$/, 'verification.invalid'],
  [/(^|_)PORT$/, '443'],
  [/(^|_)REGION$/, 'us-east-1'],
  [/(^|_)ACCOUNT(_ID)?$/, '123456789012'],
];

/** What takes the place of a part of a value. */
export const PLAUSIBLE_PART = 'verification';

/** The value of an environment variable in place of one that only deployment knows, by the variable's name. */
export function plausibleValue(name: string): string {
  const upperSnake = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase();
  return PLAUSIBLE.find(([pattern]) => pattern.test(upperSnake))?.[1] ?? PLAUSIBLE_PART;
}
