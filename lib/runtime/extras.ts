/**
 * What only some functions do beside serving. The generated entry imports each of them for the functions that need it.
 */
import type { Result } from './answers/result';
import type { ApiEvent } from './events';
import type { RequestReporter } from './report/report';
import type { VerifyRouters } from './rollout/pre-traffic';

export interface Extras {
  /** Writes a line about each request. */
  readonly report?: RequestReporter;
  /** Answers preflight requests. */
  readonly preflight?: (event: ApiEvent) => Result | undefined;
  /** Answers a deployment that asks whether the routers load. */
  readonly verifyRouters?: VerifyRouters;
  /** Throws if no authorizer has let an event through. */
  readonly demandAuthorizer?: (event: ApiEvent) => void;
  /** What every event goes through before it is served. */
  readonly prepare?: (event: ApiEvent) => ApiEvent;
  /** What every answer goes through, the runtime's own too. */
  readonly finish?: (event: ApiEvent, result: Result) => Result;
}
