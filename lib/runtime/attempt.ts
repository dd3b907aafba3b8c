/**
 * What work gives, or undefined where it throws. For work on what routers and callers hand over, and for work that is not worth a request.
 */
export function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
