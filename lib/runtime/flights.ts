/** The requests that are being served. There are several only on managed instances. */
import type { ApiEvent } from './events';
import type { CodedError } from './failures/coded-error';
import type { LambdaContext, ResponseStream } from './router-types';

/** One request, from its event to its response. */
export interface Flight {
  /** The event, as the router receives it. */
  event: ApiEvent;
  readonly context: LambdaContext;
  readonly requestId: string | undefined;
  /** When it started. Times are milliseconds of `performance.now()`. */
  readonly started: number;
  /** The prefix of the router, once it is known. */
  router?: string;
  /** When the load of the router started. Undefined if the router was already loaded. */
  load?: number;
  /** When the router was loaded. */
  loaded?: number;
  /** Where the response goes, if the endpoint streams. */
  readonly stream?: ResponseStream;
  /** Aborts the request that a fetch router or a listener serves. */
  controller?: Pick<AbortController, 'abort'>;
  /** The status of the response, after it is sent. Undefined if the response was aborted: Lambda itself counts that as an error. */
  status?: number;
  /** The code of the failure that the runtime responded to. */
  errorCode?: string;
  /** Rejects when the request fails. */
  readonly failed: Promise<never>;
  /** Responds to the request immediately. What its router does later is ignored. */
  readonly fail: (failure: CodedError) => void;
}

export type Flights = Set<Flight>;

/** The name under which `getLogger` finds the flights. It is in a separate module, which router code imports. */
const SHARED = Symbol.for('cdk-lazy-api.flights');

type Shared = { [SHARED]?: Flights };

/** The requests that this process serves. */
export function createFlights(): Flights {
  return ((globalThis as Shared)[SHARED] = new Set());
}

/** Adds a request that starts now. */
export function startFlight(flights: Flights, event: ApiEvent, context: LambdaContext, stream: ResponseStream | undefined): Flight {
  let fail!: Flight['fail'];
  const failed = new Promise<never>((_, reject) => { fail = reject; });
  const flight = { event, context, requestId: context?.awsRequestId, stream, started: performance.now(), failed, fail };
  flights.add(flight);
  return flight;
}

/** The request that the calling code belongs to, if that is certain. */
export function currentFlight(): Flight | undefined {
  const flights = [...(globalThis as Shared)[SHARED] ?? []];
  if (flights.length < 2) return flights[0];
  const { awslambda } = globalThis as { awslambda?: { InvokeStore?: { getRequestId(): string } } };
  const requestId = awslambda?.InvokeStore?.getRequestId();
  return flights.find((flight) => flight.requestId === requestId);
}
