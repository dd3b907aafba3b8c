import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { RefusedOptions } from '../function/function-options';
import type { Rules } from '../private/check';
import type { RouterCode } from '../routers/router-code';

/** A language in which routers are written, with what its construct adds to the base construct. */
export interface Language {
  /** The name of the construct, for errors. */
  readonly construct: string;
  /** The types of the props that only this language has. */
  readonly rules: Rules;
  /** The options of `lambda.Function` that this language does not support, with the reasons. */
  readonly refusedOptions?: RefusedOptions;
  /** Checks the values of these props and the routers, after the types of all props are checked. */
  resolve(architecture: lambda.Architecture): { readonly runtime: lambda.Runtime; readonly code: RouterCode };
}
