import type { CodedError } from './coded-error';
import { statusOf } from '../../contract/error-codes';
import { log } from '../log';

/** The line about a failure. It shows the cause if there is one, because the coded error's own stack is not meaningful. */
export function logFailure({ code, message, fields }: CodedError, request?: { router?: string; requestId?: string }): void {
  log(statusOf(code) < 500 ? 'WARN' : 'ERROR', code, message, { ...request, ...fields });
}
