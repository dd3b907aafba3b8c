/**
 * Whether somebody waited for an environment to start, and how long.
 */

/** How an environment started; times in milliseconds since 1970. */
export interface EnvironmentStart {
  /** Whether Lambda says that it started it because of a request. It does so of those that it starts ahead of demand, too. */
  readonly onDemand: boolean;
  readonly processStarted: number;
  readonly initEnded: number;
}

/** An environment's first request; times in milliseconds since 1970. */
export interface FirstRequest {
  /** When the front door got it, by the clock of the front door. */
  readonly arrived: number | undefined;
  readonly began: number;
  readonly ended: number;
}

/** How long a request may have waited for a process to be there at all. An older time is a test event's. */
const LONGEST_WAIT = 60_000;

/** Without a time of arrival, a first request within this time is the one that the environment was started for. */
const AT_ONCE = 100;

/**
 * The duration of the cold start, as the caller saw it; undefined where nobody waited, because the request came after INIT's end. The clocks of
 * front door and function may differ, so it is never less than the function's own time.
 */
export function coldStartDuration(start: EnvironmentStart, { arrived, began, ended }: FirstRequest): number | undefined {
  if (!start.onDemand) return undefined;
  const plausible = arrived! >= start.processStarted - LONGEST_WAIT;
  if (plausible) return arrived! < start.initEnded ? Math.max(ended - arrived!, ended - began) : undefined;
  return began - start.initEnded < AT_ONCE ? ended - start.processStarted : undefined;
}
