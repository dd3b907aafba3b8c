/** A failure with a stable code. Its text goes only to the log. The caller sees the code and the request ID. */
import { ErrorCode } from '../../contract/error-codes';
import { attempt } from '../attempt';
import { LogFields } from '../log';

/** Every part of the runtime has its own copy of this class, so instances are recognized by a mark. */
const MARK = Symbol.for('cdk-lazy-api');

export class CodedError extends Error {
  readonly [MARK] = true;

  /** A cause in the fields is also the cause of the error. */
  constructor(readonly code: ErrorCode, message: string, readonly fields?: LogFields) {
    super(message, fields);
  }
}

/** Anything can be thrown. Reading it may also throw, and it may change later, so a coded error is copied. */
export function toCodedError(cause: unknown, code: ErrorCode = 'HANDLER_FAILED', message = 'the router threw'): CodedError {
  return attempt(() => copyCoded(cause)) ?? new CodedError(code, message, { cause });
}

/** Undefined if it has no mark, or if its code cannot be one of the runtime's. */
function copyCoded(thrown: unknown): CodedError | undefined {
  const { [MARK]: isCoded, code, message, fields } = thrown as CodedError;
  return isCoded && typeof code === 'string' && /^[A-Z_]+$/.test(code) ? new CodedError(code, message, { ...fields }) : undefined;
}
