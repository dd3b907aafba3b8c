/**
 * Lambda cuts the connection when a result is too large: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
import { Result } from './result';
import { CodedError } from '../failures/coded-error';

/** The largest JSON document that Lambda takes from a function, in bytes. */
const LAMBDA_MAX_RESULT_BYTES = 6_291_556;

/** In JSON, a character has at most six bytes, so a result below this length need not be measured. The rest leaves room for headers. */
const SAFE_BODY_LENGTH = 1_000_000;

export function checkSize(result: Result): Result {
  const bytes = (result.body?.length ?? 0) < SAFE_BODY_LENGTH ? 0 : Buffer.byteLength(JSON.stringify(result));
  if (bytes <= LAMBDA_MAX_RESULT_BYTES) return result;
  throw new CodedError('RESULT_TOO_LARGE', `the result has ${bytes} bytes as JSON, the limit is ${LAMBDA_MAX_RESULT_BYTES}`);
}
