/** The runtime's own response to a failure. */
import type { CodedError } from './coded-error';
import { statusOf } from '../../contract/error-codes';
import { jsonResult, Result } from '../answers/result';

const REASONS: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  404: 'Not Found',
  405: 'Method Not Allowed',
  500: 'Internal Server Error',
  504: 'Gateway Timeout',
};

/** Contains no message, stack, or path. These are in the log, with the same request ID. */
export function answerFailure({ code }: CodedError, requestId: string | undefined): Result {
  const status = statusOf(code);
  return jsonResult(status, JSON.stringify({ message: REASONS[status], code, requestId }));
}
