/**
 * All that only fetch routers need.
 */
import { createFetchCaller, FetchCaller, FetchTools } from './call-fetch-router';
import { rehearse } from './rehearsal';

export interface FetchPart {
  readonly callRouter: FetchCaller;
  /** Does in INIT what the first request to a fetch router would otherwise wait for. */
  warmUp(): Promise<void>;
}

export function createFetchPart(tools: FetchTools): FetchPart {
  const callRouter = createFetchCaller(tools);
  return { callRouter, warmUp: () => rehearse(callRouter) };
}
