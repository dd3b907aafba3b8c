/**
 * How an answer leaves the function: as the handler's result, or through a stream.
 */
import { Result } from './result';
import { CodedError } from '../failures/coded-error';
import { checkSize } from './result-size';
import type { ResponseStream } from '../router-types';

export interface Delivery {
  /** What a streaming handler writes to. */
  readonly stream?: ResponseStream;
  /** What was answered where there is no result, once it is out. */
  status?(): number;
  /** Settles when the whole answer is out. Without a result, the router has written it. */
  deliver(result: Result | undefined): Result | Promise<void>;
  /** Delivers the runtime's own answer to a failure, unless the caller has a part of another one already. */
  fail(answer: Result, failure: CodedError): Result | Promise<void>;
}

export const BUFFERED: Delivery = {
  deliver: (result) => checkSize(result!),
  fail: (answer) => answer,
};
