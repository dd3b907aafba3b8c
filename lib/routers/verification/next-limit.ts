/** What the loading of an asset's routers has taken so far, in milliseconds. */
export interface Spent {
  /** Since the first process started. */
  readonly elapsedMs: number;
  /** The limits that ran out. */
  readonly blockedMs: number;
}

/** No new process starts after this time, in milliseconds. */
const RESTARTS_MS = 60_000;

/** How many times the limit of one router all routers that block may take together: 15 s where it is 10 s. */
const ALL_THAT_BLOCK = 1.5;

/** Less would fail routers that only load slowly, in milliseconds. */
const LEAST_MS = 1_000;

/**
 * How long each router of the next process may take, in milliseconds; 0 when there is no time for another process. Until a router has blocked, it is
 * the whole limit. Then the remaining routers share the remaining time.
 */
export function nextLimitMs(limitMs: number, routers: number, { elapsedMs, blockedMs }: Spent): number {
  const leftMs = ALL_THAT_BLOCK * limitMs - blockedMs;
  if (elapsedMs > RESTARTS_MS || leftMs <= 0) return 0;
  return blockedMs === 0 ? limitMs : Math.min(limitMs, Math.max(LEAST_MS, Math.ceil(leftMs / routers)));
}
