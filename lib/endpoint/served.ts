import type { IFunction } from 'aws-cdk-lib/aws-lambda';

/** What an endpoint leads to. */
export interface Served {
  /** The function behind all routes. */
  readonly target: IFunction;

  /** The path prefixes of its routers. */
  readonly prefixes: readonly string[];
}
