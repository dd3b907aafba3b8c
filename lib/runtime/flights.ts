/**
 * The requests that are being served. More than one only on managed instances.
 */
import type { ApiEvent } from './events';
import type { CodedError } from './failures/coded-error';
import type { LambdaContext, ResponseStream } from './router-types';

/** One request, from its event to its answer. */
export interface Flight {
  /** The event, as the router gets it. */
  event: ApiEvent;
  readonly context: LambdaContext;
  readonly requestId: string | undefined;
  /** When it began. Times are milliseconds of `performance.now()`. */
  readonly started: number;
  /** The prefix of the router, once it is known. */
  router?: string;
  /** When the router was asked for. Undefined if it was there already. */
  load?: number;
  /** When the router was there. */
  loaded?: number;
  /** Where the answer goes, if the endpoint streams. */
  readonly stream?: ResponseStream;
  /** Aborts the request that a fetch router or a listener serves. */
  controller?: Pick<AbortController, 'abort'>;
  /** The status of the answer, once it is out. Undefined if the answer broke off: Lambda itself counts that as an error. */
  status?: number;
  /** The code of the failure that the runtime answered. */
  errorCode?: string;
  /** Rejects when the request fails. */
  readonly failed: Promise<never>;
  /** Answers the request at once. Whatever its router does later is ignored. */
  readonly fail: (failure: CodedError) => void;
}

export type Flights = Set<Flight>;

/** Where `getLogger` finds the flights: it is a separate module, which router code imports. */
const SHARED = Symbol.for('cdk-lazy-api.flights');

type Shared = { [SHARED]?: Flights };

/** The requests that this process serves. */
export function createFlights(): Flights {
  return ((globalThis as Shared)[SHARED] = new Set());
}

/** Adds a request that begins now. */
export function startFlight(flights: Flights, event: ApiEvent, context: LambdaContext, stream: ResponseStream | undefined): Flight {
  let fail!: Flight['fail'];
  const failed = new Promise<never>((_, reject) => { fail = reject; });
  const flight = { event, context, requestId: context?.awsRequestId, stream, started: performance.now(), failed, fail };
  flights.add(flight);
  return flight;
}

/** The request that the caller belongs to, where that is certain. */
export function currentFlight(): Flight | undefined {
  const flights = [...(globalThis as Shared)[SHARED] ?? []];
  if (flights.length < 2) return flights[0];
  const { awslambda } = globalThis as { awslambda?: { InvokeStore?: { getRequestId(): string } } };
  const requestId = awslambda?.InvokeStore?.getRequestId();
  return flights.find((flight) => flight.requestId === requestId);
}
