/** Determines whether a caller waited for an environment to start, and how long. */

/** How an environment started. Times are milliseconds since 1970. */
export interface EnvironmentStart {
  /** Whether Lambda says that it started the environment because of a request. It also says so of environments that it starts ahead of demand. */
  readonly onDemand: boolean;
  readonly processStarted: number;
  readonly initEnded: number;
}

/** An environment's first request. Times are milliseconds since 1970. */
export interface FirstRequest {
  /** When the endpoint received it, by the clock of the endpoint. Not a number if a test or a direct invocation created the event. */
  readonly arrived: unknown;
  readonly began: number;
  readonly ended: number;
}

/** The maximum time that a request may have waited for the process to start. An older time comes from a test event. In milliseconds. */
const LONGEST_WAIT = 60_000;

/**
 * Without a time of arrival, the environment was started for the first request if it arrives within this time after the end of INIT. In milliseconds.
 */
const AT_ONCE = 100;

/**
 * The duration of the cold start, as the caller saw it. Undefined if the request came after the end of INIT, because then no caller waited. The
 * clocks of the endpoint and the function may differ, so it is never less than the function's own time.
 */
export function coldStartDuration(start: EnvironmentStart, { arrived, began, ended }: FirstRequest): number | undefined {
  if (!start.onDemand) return undefined;
  if (typeof arrived !== 'number' || arrived < start.processStarted - LONGEST_WAIT) {
    return began - start.initEnded < AT_ONCE ? ended - start.processStarted : undefined;
  }
  return arrived < start.initEnded ? Math.max(ended - arrived, ended - began) : undefined;
}
