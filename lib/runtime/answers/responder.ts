/** How a response leaves the function: as the handler's result, or through a stream. */
import { Result } from './result';
import { checkSize } from './result-size';
import type { CodedError } from '../failures/coded-error';
import type { ResponseStream } from '../router-types';

/** `Sent` is the value that Lambda's handler resolves with. */
export interface Responder<Sent> {
  /** The stream that a streaming handler writes to. */
  readonly stream?: ResponseStream;
  /** Settles when the complete response is sent. Without a result, the router has written the response. */
  send(result: Result | undefined): Sent | Promise<Sent>;
  /** The status of a response that was sent. */
  status(sent: Sent): number;
  /** Sends the runtime's own response to a failure. Rejects if the caller already has a part of another response. */
  fail(answer: Result, failure: CodedError): Sent | Promise<Sent>;
}

export const BUFFERED: Responder<Result> = {
  send: (result) => checkSize(result!),
  status: ({ statusCode }) => statusCode,
  fail: (answer) => answer,
};
