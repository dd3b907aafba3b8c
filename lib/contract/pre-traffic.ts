/**
 * The event with which a deployment checks whether the routers of a new version load: it invokes the version directly. No request through an API can
 * look like this event, because API Gateway and function URLs put everything that a caller sends into separate members.
 */
export const PRE_TRAFFIC_EVENT = { lazyApi: 'verify' } as const;

/** The body of the response. */
export interface PreTrafficAnswer {
  /** The prefixes of the routers that load, sorted. */
  readonly loaded: string[];
  /** The routers that do not load, with the code of the failure. The function's log contains the reasons. */
  readonly failed: Array<{ readonly router: string; readonly code: string }>;
}
