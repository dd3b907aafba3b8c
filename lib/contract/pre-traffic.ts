/**
 * How a deployment asks a new version of the function whether its routers load: it invokes the version directly with this event. No request
 * through an API can look like it, because API Gateway and function URLs put everything that a caller sends into separate members.
 */
export const PRE_TRAFFIC_EVENT = { lazyApi: 'verify' } as const;

/** The body of the response. */
export interface PreTrafficAnswer {
  /** The prefixes of the routers that load, sorted. */
  readonly loaded: string[];
  /** The routers that do not load, with the code of the failure. The function's log says why. */
  readonly failed: Array<{ readonly router: string; readonly code: string }>;
}
