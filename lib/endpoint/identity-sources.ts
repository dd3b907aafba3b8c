import type { AuthorizationOf } from './api-authorization';
import { startsWithToken } from '../private/tokens';

/** How a kind of API writes the identity sources of a Lambda authorizer. */
export interface IdentitySyntax {
  /** The kind of API in words, like `HTTP APIs`. */
  readonly of: string;
  readonly pattern: RegExp;
  /** Two sources as examples in errors. */
  readonly examples: readonly [string, string];
}

/** Returns what is wrong with the identity sources of a Lambda authorizer. Undefined if they are valid. */
export function identityProblem({ identity = [] }: AuthorizationOf<'lambda'>, syntax: IdentitySyntax): string | undefined {
  const { of, pattern, examples: [one, other] } = syntax;
  const odd = identity.find((source) => !startsWithToken(source) && !pattern.test(source));
  return odd === undefined ? undefined : `identity must use the syntax of ${of}, like "${one}" or "${other}", got "${odd}"`;
}
