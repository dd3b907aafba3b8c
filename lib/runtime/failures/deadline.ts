/**
 * Answers before Lambda ends the function, which would tell neither the caller nor the log what happened.
 *
 * The timer also keeps the event loop alive: a handler that never settles would otherwise empty it, and the process
 * would exit without an answer.
 */
import { CodedError } from './coded-error';
import { Flight } from '../flights';

/** Time to write the answer and the log line, in milliseconds. */
const RESERVE = 500;

/** Returns the timer. There is none if the time that is left is unknown. */
export function startDeadline(flight: Flight): NodeJS.Timeout | undefined {
  const remaining = (flight.context as Partial<Flight['context']> | undefined)?.getRemainingTimeInMillis?.();
  return remaining === undefined ? undefined : setTimeout(() => {
    const failure = new CodedError('TIMEOUT', 'the router had no answer in time');
    flight.fail(failure);
    flight.controller?.abort(failure);
  }, Math.max(remaining - RESERVE, remaining / 2));
}
