/**
 * Whether a caller waited for an environment to start, and how long.
 */

/** How an environment started. Times are milliseconds since 1970. */
export interface EnvironmentStart {
  /** Whether Lambda says that it started the environment because of a request. It also says so of environments that it starts ahead of demand. */
  readonly onDemand: boolean;
  readonly processStarted: number;
  readonly initEnded: number;
}

/** An environment's first request. Times are milliseconds since 1970. */
export interface FirstRequest {
  /** When the endpoint got it, by the clock of the endpoint. No number if a test or a direct invocation made the event. */
  readonly arrived: unknown;
  readonly began: number;
  readonly ended: number;
}

/** How long a request may have waited for the process to start. An older time is that of a test event. In milliseconds. */
const LONGEST_WAIT = 60_000;

/** Without a time of arrival, a first request within this time of INIT's end is the one that the environment was started for. In milliseconds. */
const AT_ONCE = 100;

/**
 * The duration of the cold start, as the caller saw it. Undefined if the request came after the end of INIT, because then no caller waited.
 * The clocks of endpoint and function may differ, so it is never less than the function's own time.
 */
export function coldStartDuration(start: EnvironmentStart, { arrived, began, ended }: FirstRequest): number | undefined {
  if (!start.onDemand) return undefined;
  if (typeof arrived !== 'number' || arrived < start.processStarted - LONGEST_WAIT) {
    return began - start.initEnded < AT_ONCE ? ended - start.processStarted : undefined;
  }
  return arrived < start.initEnded ? Math.max(ended - arrived, ended - began) : undefined;
}
