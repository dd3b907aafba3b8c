/** The time spent on loading an asset's routers so far, in milliseconds. */
export interface Spent {
  /** Since the first process started. */
  readonly elapsedMs: number;
  /** The sum of the limits that expired. */
  readonly blockedMs: number;
}

/** No new process starts after this time, in milliseconds. */
const RESTARTS_MS = 60_000;

/** The maximum time for all routers that block, as a multiple of the limit for one router: 15 s for a limit of 10 s. */
const ALL_THAT_BLOCK = 1.5;

/** The minimum limit, in milliseconds. A lower limit would fail routers that only load slowly. */
const LEAST_MS = 1_000;

/**
 * How long each router of the next process may take, in milliseconds; 0 when there is no time for another process. Until a router has blocked, it is
 * the full limit. Then the remaining routers share the remaining time.
 */
export function nextLimitMs(limitMs: number, routers: number, { elapsedMs, blockedMs }: Spent): number {
  const leftMs = ALL_THAT_BLOCK * limitMs - blockedMs;
  if (elapsedMs > RESTARTS_MS || leftMs <= 0) return 0;
  return blockedMs === 0 ? limitMs : Math.min(limitMs, Math.max(LEAST_MS, Math.ceil(leftMs / routers)));
}
