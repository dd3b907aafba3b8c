/**
 * The requests that are being served. More than one only on managed instances.
 */
import { CodedError } from './coded-error';
import type { ResponseStream } from './routers';

export interface Flight {
  readonly requestId: string | undefined;
  /** The prefix of the router, once it is known. */
  router?: string;
  /** Where the answer goes, when the front door streams. */
  readonly stream?: ResponseStream;
  /** What `request.signal` belongs to, when a fetch router serves. */
  controller?: AbortController;
  /** Answers the request at once; whatever its router does later is ignored. */
  fail(failure: CodedError): void;
}

export type Flights = Set<Flight>;
