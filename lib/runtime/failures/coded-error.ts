/**
 * A failure with a stable code. Its text goes to the log only; the caller sees the code and the request id.
 */
import { ErrorCode } from '../../contract/error-codes';
import { attempt } from '../attempt';
import { LogFields } from '../log';

/** Every part of the runtime has this class for itself, so its instances are known by a mark. */
const MARK = Symbol.for('cdk-lazy-api');

export class CodedError extends Error {
  readonly [MARK] = true;

  /** The cause, where there is one, is the error's as well. */
  constructor(readonly code: ErrorCode, message: string, readonly fields?: LogFields) {
    super(message, fields);
  }
}

/** Anything can be thrown, so nothing about it is taken for granted: neither that it can be looked at, nor that it stays as it is. */
export function toCodedError(cause: unknown, code: ErrorCode = 'HANDLER_FAILED', message = 'the router threw'): CodedError {
  return attempt(() => copyCoded(cause)) ?? new CodedError(code, message, { cause });
}

/** Undefined where it has no mark, or a code that cannot be one of ours. */
function copyCoded(thrown: unknown): CodedError | undefined {
  const { [MARK]: isCoded, code, message, fields } = thrown as CodedError;
  return isCoded && typeof code === 'string' && /^[A-Z_]+$/.test(code) ? new CodedError(code, message, { ...fields }) : undefined;
}
