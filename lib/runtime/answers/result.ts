/**
 * The answers that the runtime gives itself. Understood in both payload formats.
 */
import { CodedError } from '../failures/coded-error';
import { log } from '../log';
import { statusOf } from '../../contract/error-codes';

/** What goes back to Lambda. */
export interface Result {
  statusCode: number;
  headers?: Record<string, string | number | boolean>;
  multiValueHeaders?: Record<string, Array<string | number | boolean>>;
  cookies?: string[];
  body?: string;
  isBase64Encoded?: boolean;
  /** Instead of a body, where the answer is streamed. */
  content?: Content;
}

/** As much of a stream of bytes as is needed to send it. */
export interface Content {
  cancel(): Promise<void>;
  getReader(): Pick<ReadableStreamDefaultReader<Uint8Array>, 'read' | 'cancel'>;
}

const REASONS: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  404: 'Not Found',
  405: 'Method Not Allowed',
  500: 'Internal Server Error',
  504: 'Gateway Timeout',
};

export function answerJson(statusCode: number, body: string): Result {
  return { statusCode, headers: { 'content-type': 'application/json' }, body, isBase64Encoded: false };
}

/** Never a message, a stack or a path: those are in the log, under the same request id. */
export function answerFailure({ code }: CodedError, requestId: string | undefined): Result {
  const status = statusOf(code);
  return answerJson(status, JSON.stringify({ message: REASONS[status], code, requestId }));
}

/** The line shows the cause where there is one, for the coded error's own stack tells nothing. */
export function logFailure(failure: CodedError, fields?: { router?: string; requestId?: string }): void {
  const { code, message } = failure;
  log(statusOf(code) < 500 ? 'WARN' : 'ERROR', code, message, { ...fields, ...failure.fields });
}
