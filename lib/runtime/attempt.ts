/**
 * Returns what the work returns, or undefined if it throws. Use it for work on values from routers and callers, and for work that must not fail a
 * request.
 */
export function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
