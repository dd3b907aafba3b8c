/**
 * How an answer leaves the function: as the handler's result, or through a stream.
 */
import { Result } from './result';
import { checkSize } from './result-size';
import type { CodedError } from '../failures/coded-error';
import type { ResponseStream } from '../router-types';

/** `Sent` is what Lambda's handler resolves with. */
export interface Responder<Sent> {
  /** What a streaming handler writes to. */
  readonly stream?: ResponseStream;
  /** Settles when the whole answer is out. Without a result, the router has written it. */
  send(result: Result | undefined): Sent | Promise<Sent>;
  /** The status of an answer that is out. */
  status(sent: Sent): number;
  /** Sends the runtime's own answer to a failure. Rejects if the caller has a part of another answer already. */
  fail(answer: Result, failure: CodedError): Sent | Promise<Sent>;
}

export const BUFFERED: Responder<Result> = {
  send: (result) => checkSize(result!),
  status: ({ statusCode }) => statusCode,
  fail: (answer) => answer,
};
