import type { FunctionResult } from '../gateway/function-result';
import type { LambdaContext } from '../runtime/router-types';

/** The function behind the endpoint of a test API. */
export interface TestTarget {
  readonly prefixes: readonly string[];
  /** Loads a router. Rejects if that fails. */
  load(prefix: string): Promise<void>;
  invoke(event: object, context?: LambdaContext): Promise<TestResult>;
  close(): Promise<void>;
}

/** How an invocation ended. */
export type TestResult = Exclude<FunctionResult, { kind: 'failed' }> | TestFailure;

export interface TestFailure {
  readonly kind: 'failed';
  readonly errorType: string;
  readonly errorMessage: string;
}
