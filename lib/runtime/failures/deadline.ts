/**
 * Answers before Lambda ends the function, which would tell neither caller nor log what happened.
 *
 * The timer also keeps the event loop alive: a handler that never settles would otherwise empty it, and the process
 * would exit without an answer.
 */
import { CodedError } from './coded-error';
import { Flight } from '../flights';
import { LambdaContext } from '../router-types';

/** Time to write the answer and the log line, in milliseconds. */
const RESERVE = 500;

/** Returns the timer; none where the time that is left is unknown. */
export function startDeadline(flight: Flight, context: LambdaContext | undefined): NodeJS.Timeout | undefined {
  const remaining = context?.getRemainingTimeInMillis?.();
  return remaining === undefined ? undefined : setTimeout(() => {
    const failure = new CodedError('TIMEOUT', 'the router had no answer in time');
    flight.fail(failure);
    flight.controller?.abort(failure);
  }, Math.max(remaining - RESERVE, remaining / 2));
}
