import { randomUUID } from 'node:crypto';
import { ACCOUNT_ID } from '../gateway/event-context';
import type { LambdaContext } from '../runtime/router-types';

/** The values in a Lambda context. */
export interface TestContextOptions {
  /**
   * The time until Lambda ends the invocation, in milliseconds. It decreases from now on.
   *
   * @default 29000
   */
  readonly remainingMs?: number;
  /**
   * The function's name.
   *
   * @default 'api'
   */
  readonly functionName?: string;
  /**
   * The ID of the invocation.
   *
   * @default - a random UUID
   */
  readonly awsRequestId?: string;
}

export const DEFAULT_TIMEOUT_MS = 29_000;
export const REGION = 'us-east-1';

/**
 * A Lambda context, with the members that `Context` of `@types/aws-lambda` has and that Lambda removed with nodejs24.x, so that handlers of this type
 * accept it.
 */
export interface TestContext extends LambdaContext {
  readonly callbackWaitsForEmptyEventLoop: boolean;
  readonly done: () => never;
  readonly fail: () => never;
  readonly succeed: () => never;
}

/** Builds a Lambda context for a unit test of a handler. */
export function lambdaContext(options: TestContextOptions = {}): TestContext {
  const removed = (name: string) => () => { throw new TypeError(`context.${name} is not a function: Lambda removed it with nodejs24.x`); };
  return {
    ...createContext(options),
    callbackWaitsForEmptyEventLoop: false,
    done: removed('done'),
    fail: removed('fail'),
    succeed: removed('succeed'),
  };
}

/** The context that routers receive. */
export function createContext(options: TestContextOptions = {}): LambdaContext {
  const { remainingMs = DEFAULT_TIMEOUT_MS, functionName = 'api', awsRequestId = randomUUID() } = options;
  const deadline = Date.now() + remainingMs;
  return {
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:${REGION}:${ACCOUNT_ID}:function:${functionName}`,
    memoryLimitInMB: '1024',
    awsRequestId,
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: '2026/01/01/[$LATEST]test',
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}
