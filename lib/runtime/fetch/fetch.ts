/** Everything that only fetch routers need. */
import { createFetchCaller, FetchCaller } from './call-fetch-router';
import { rehearse } from './rehearsal';
import type { PartTools } from '../part-tools';

export interface FetchPart {
  readonly callRouter: FetchCaller;
  /** Does the work in INIT that the first request to a fetch router would otherwise wait for. */
  warmUp(): Promise<void>;
}

export function createPart(tools: PartTools): FetchPart {
  const callRouter = createFetchCaller(tools);
  return { callRouter, warmUp: () => rehearse(callRouter) };
}
