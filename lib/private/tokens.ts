import { IResolvable, StringConcat, Token, Tokenization } from 'aws-cdk-lib';

/** The value if it is known at synthesis. */
export function known<T extends string | number>(value: T | undefined): T | undefined {
  return value === undefined || Token.isUnresolved(value) ? undefined : value;
}

/** A string with all of its tokens replaced. */
export function replaceTokens(value: string, replacement: string): string {
  if (!Token.isUnresolved(value)) return value;
  return Tokenization.reverseString(value).mapTokens({ mapToken: () => replacement as unknown as IResolvable }).join(new StringConcat());
}

/** The text at the start of a value, and whether it is the complete value. */
export interface LiteralStart {
  readonly text: string;
  readonly isWhole: boolean;
}

/** The text of a string before the first token. */
export function literalStart(value: string): LiteralStart {
  const [text, ...tokens] = value.split('${Token[');
  return { text, isWhole: tokens.length === 0 };
}

/** Whether the start of a string is known only at deployment. */
export function startsWithToken(value: string): boolean {
  return /^[$#]\{Token\[/.test(value);
}

/** The text of a resolved string before the first reference. Undefined if there is no value. */
export function resolvedStart(value: unknown): LiteralStart | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string') return { text: value, isWhole: true };
  const { 'Fn::Join': join, 'Fn::Sub': sub } = Object(value) as { readonly [intrinsic: string]: unknown };
  if (Array.isArray(join) && Array.isArray(join[1])) return startOfJoin(String(join[0]), join[1]);
  const template: unknown = Array.isArray(sub) ? sub[0] : sub;
  if (typeof template !== 'string') return { text: '', isWhole: false };
  const [text, ...references] = template.split('${');
  return { text, isWhole: references.length === 0 };
}

function startOfJoin(delimiter: string, parts: readonly unknown[]): LiteralStart {
  const starts = parts.map(resolvedStart);
  const first = starts.findIndex((start) => !start?.isWhole);
  const literals = first === -1 ? starts : starts.slice(0, first + 1);
  return { text: literals.map((start) => start?.text).join(delimiter), isWhole: first === -1 };
}
