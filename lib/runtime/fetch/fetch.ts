/**
 * All that only fetch routers need.
 */
import { createFetchCaller, FetchCaller, FetchTools } from './call-fetch-router';

export interface FetchPart {
  readonly callRouter: FetchCaller;
  /** Node loads its fetch implementation with the first use: 10 ms in INIT, 280 ms in a request at 128 MB. */
  warmUp(): void;
}

export function createFetchPart(tools: FetchTools): FetchPart {
  return {
    callRouter: createFetchCaller(tools),
    warmUp: () => { new Response(new Request('https://localhost').body); },
  };
}
