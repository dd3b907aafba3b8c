/**
 * Returns what the work returns, or undefined if it throws. For work on what routers and callers pass in, and for work that must not fail a request.
 */
export function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
