import { IResolvable, StringConcat, Token, Tokenization } from 'aws-cdk-lib';

/** The value where synthesis knows it. */
export function known<T extends string | number>(value: T | undefined): T | undefined {
  return value === undefined || Token.isUnresolved(value) ? undefined : value;
}

/** A string with every token in it replaced. */
export function replaceTokens(value: string, replacement: string): string {
  if (!Token.isUnresolved(value)) return value;
  return Tokenization.reverseString(value).mapTokens({ mapToken: () => replacement as unknown as IResolvable }).join(new StringConcat());
}
