/**
 * A failure with a stable code. Its text goes to the log only; the caller sees the code and the request id.
 */
import { LogFields } from './log';
import { ERROR_STATUS, ErrorCode } from '../contract/error-codes';

export class CodedError extends Error {
  readonly status: number;

  constructor(readonly code: ErrorCode, message: string, readonly fields: LogFields = {}, options?: { cause: unknown }) {
    super(message, options);
    this.status = ERROR_STATUS[code];
  }
}

/** Whatever a router threw, as a coded error. */
export function toCodedError(thrown: unknown): CodedError {
  return thrown instanceof CodedError ? thrown : new CodedError('HANDLER_FAILED', 'the router threw', {}, { cause: thrown });
}
