import { toPayload1 } from './payload-1';
import { toPayload2 } from './payload-2';
import { routeRequests } from './routed-request';
import { SmokeRequest } from './smoke-requests';
import type { EndpointTraits, EventSource } from '../../../contract/endpoint';

/** An event, and the router that it is for. */
export interface SmokeEvent {
  readonly prefix: string;
  readonly event: object;
}

/** The function whose endpoint sends the events. */
export interface SmokeTarget {
  readonly prefixes: readonly string[];
  readonly traits: EndpointTraits;
  readonly eventSource: EventSource;
}

/** Makes of each request the event that the endpoint sends for it. Throws an error if no router serves the path. */
export function toSmokeEvents(requests: readonly SmokeRequest[], { prefixes, traits, eventSource }: SmokeTarget): SmokeEvent[] {
  return routeRequests(requests, prefixes, traits).map((routed) => ({
    prefix: routed.prefix,
    event: eventSource === 'REST API' ? toPayload1(routed, traits.binaryBodies) : toPayload2(routed, eventSource),
  }));
}
