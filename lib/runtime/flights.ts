/**
 * The requests that are being served. More than one only on managed instances.
 */
import { CodedError } from './coded-error';

export interface Flight {
  readonly requestId: string | undefined;
  /** The prefix of the router, once it is known. */
  router?: string;
  /** What `request.signal` belongs to, when a fetch router serves. */
  controller?: AbortController;
  /** Answers the request at once; whatever its router does later is ignored. */
  fail(failure: CodedError): void;
}

export type Flights = Set<Flight>;
