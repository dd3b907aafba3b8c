/**
 * Responds before Lambda ends the function. Otherwise, neither the caller nor the log would show what happened.
 *
 * The timer also keeps the event loop alive: a handler that never settles would otherwise empty it, and the process would exit without a response.
 */
import { CodedError } from './coded-error';
import { Flight } from '../flights';

/** The time to write the response and the log line, in milliseconds. */
const RESERVE = 500;

/** Returns the timer. Undefined if the remaining time is unknown. */
export function startDeadline(flight: Flight): NodeJS.Timeout | undefined {
  const remaining = (flight.context as Partial<Flight['context']> | undefined)?.getRemainingTimeInMillis?.();
  return remaining === undefined ? undefined : setTimeout(() => {
    const failure = new CodedError('TIMEOUT', 'the router did not respond in time');
    flight.fail(failure);
    flight.controller?.abort(failure);
  }, Math.max(remaining - RESERVE, remaining / 2));
}
