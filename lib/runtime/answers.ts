/**
 * The answers that the runtime gives itself. Understood in both payload formats.
 */
import { CodedError } from './coded-error';
import { log } from './log';

/** What goes back to Lambda. */
export interface Result {
  statusCode: number;
  headers?: Record<string, string | number | boolean>;
  multiValueHeaders?: Record<string, Array<string | number | boolean>>;
  cookies?: string[];
  body?: string;
  isBase64Encoded?: boolean;
}

const REASONS: Record<number, string> = {
  400: 'Bad Request',
  404: 'Not Found',
  405: 'Method Not Allowed',
  500: 'Internal Server Error',
  504: 'Gateway Timeout',
};

/** Never a message, a stack or a path: those are in the log, under the same request id. */
export function answerFailure(failure: CodedError, requestId: string | undefined): Result {
  return {
    statusCode: failure.status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ message: REASONS[failure.status], code: failure.code, requestId }),
    isBase64Encoded: false,
  };
}

/** The line shows what was thrown: the cause where there is one, for the coded error's own stack tells nothing. */
export function logFailure(failure: CodedError, fields: { router?: string; requestId?: string } = {}): void {
  const theirFault = failure.status < 500;
  const error = 'cause' in failure ? { thrown: failure.cause } : undefined;
  log(theirFault ? 'WARN' : 'ERROR', failure.code, failure.message, { ...fields, ...failure.fields }, error);
}
