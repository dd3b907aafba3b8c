/**
 * The requests that are being served. More than one only on managed instances.
 */
import { CodedError } from './failures/coded-error';
import type { ResponseStream } from './router-types';

export interface Flight {
  readonly requestId: string | undefined;
  /** When it began, by `performance.now()`. */
  readonly started: number;
  /** The prefix of the router, once it is known. */
  router?: string;
  /** When the router was asked for, where it was not there yet. */
  load?: number;
  /** When the router was there. */
  loaded?: number;
  /** Where the answer goes, when the front door streams. */
  readonly stream?: ResponseStream;
  /** What `request.signal` belongs to, when a fetch router serves. */
  controller?: AbortController;
  /** Answers the request at once; whatever its router does later is ignored. */
  fail(failure: CodedError): void;
}

export type Flights = Set<Flight>;

/** Where `getLogger` finds the flights: it is a module of its own, which router code imports. */
const SHARED = Symbol.for('cdk-lazy-api.flights');

type Shared = { [SHARED]?: Flights };

/** The requests that this process serves. */
export function createFlights(): Flights {
  return ((globalThis as Shared)[SHARED] = new Set());
}

/** Adds one that begins now. The promise rejects when it fails. */
export function startFlight(flights: Flights, known: Pick<Flight, 'requestId' | 'stream'>): { readonly flight: Flight; readonly failed: Promise<never> } {
  let flight!: Flight;
  const failed = new Promise<never>((_, fail) => { flight = { ...known, started: performance.now(), fail }; });
  flights.add(flight);
  return { flight, failed };
}

/** The request that the caller belongs to, where that is certain. */
export function currentFlight(): Flight | undefined {
  const flights = [...(globalThis as Shared)[SHARED] ?? []];
  if (flights.length < 2) return flights[0];
  const { awslambda } = globalThis as { awslambda?: { InvokeStore?: { getRequestId(): string } } };
  const requestId = awslambda?.InvokeStore?.getRequestId();
  return flights.find((flight) => flight.requestId === requestId);
}
