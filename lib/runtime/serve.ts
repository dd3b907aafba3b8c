/** Serves one event. Whatever happens, exactly one response is sent, and one line is logged about it. */
import { Responder } from './answers/responder';
import { Result } from './answers/result';
import { attempt } from './attempt';
import type { Answerer } from './dispatch/answerer';
import type { ApiEvent } from './events';
import type { Extras } from './extras';
import { answerFailure } from './failures/answer-failure';
import { toCodedError } from './failures/coded-error';
import { startDeadline } from './failures/deadline';
import type { Guards } from './failures/guards';
import { logFailure } from './failures/log-failure';
import { Flight, Flights, startFlight } from './flights';
import type { LambdaContext } from './router-types';

/** Resolves with what was sent. Rejects only to abort a streamed response. */
export type Serve = <Sent>(event: ApiEvent, context: LambdaContext, responder: Responder<Sent>) => Promise<Sent>;

export function createServe(
  flights: Flights, answer: Answerer, guards: Guards, { report, prepare = (event) => event, finish = (_, result) => result }: Extras,
): Serve {
  async function sendFailure<Sent>(flight: Flight, responder: Responder<Sent>, thrown: unknown): Promise<Sent> {
    const failure = toCodedError(thrown);
    flight.errorCode = failure.code;
    logFailure(failure, flight);
    await guards.ending();
    const answered = answerFailure(failure, flight.requestId);
    const result = attempt(() => finish(flight.event, answered)) ?? answered;
    const sent = await responder.fail(result, failure);
    flight.status = result.statusCode;
    return sent;
  }

  return async (event, context, responder) => {
    const flight = startFlight(flights, event, context, responder.stream);
    const deadline = startDeadline(flight);
    try {
      flight.event = prepare(event);
      const send = (result: Result | undefined) => responder.send(result && finish(flight.event, result));
      const sent = await Promise.race([flight.failed, answer(flight).then(send)]);
      flight.status = responder.status(sent);
      return sent;
    } catch (thrown) {
      return await sendFailure(flight, responder, thrown);
    } finally {
      clearTimeout(deadline);
      flights.delete(flight);
      attempt(() => report?.answered(flight));
    }
  };
}
