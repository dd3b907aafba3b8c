/**
 * A failure with a stable code. Its text goes to the log only; the caller sees the code and the request id.
 */
import { LogFields } from './log';
import { ErrorCode } from '../contract/error-codes';

/** Every part of the runtime has this class for itself, so its instances are known by a mark. */
const MARK = Symbol.for('cdk-lazy-api');

export class CodedError extends Error {
  readonly [MARK] = true;

  /** The cause, where there is one, is the error's as well. */
  constructor(readonly code: ErrorCode, message: string, readonly fields?: LogFields) {
    super(message, fields);
  }
}

export function isCoded(thrown: unknown): thrown is CodedError {
  return thrown instanceof Error && MARK in thrown;
}

/** Whatever a router threw, as a coded error. */
export function toCodedError(cause: unknown): CodedError {
  return isCoded(cause) ? cause : new CodedError('HANDLER_FAILED', 'the router threw', { cause });
}
