/**
 * How a deployment asks a new version of the function whether its routers load: by invoking it directly with this event. No request through
 * an API looks so, for API Gateway and function URLs put all that a caller sends below members of their own.
 */
export const VERIFICATION_EVENT = { lazyApi: 'verify' } as const;

/** The body of the answer. */
export interface VerificationAnswer {
  /** The prefixes of the routers that load, sorted. */
  readonly loaded: string[];
  /** Those that do not, with the code of the failure. The function's log says why. */
  readonly failed: Array<{ readonly router: string; readonly code: string }>;
}

/** The hook's variable with the version that it invokes. */
export const VERSION_VARIABLE = 'NEW_VERSION';
