/** Shares one call among all callers, and caches its result. Failures are not cached. */
export function once<T>(create: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => (result ??= create().catch((error: unknown) => {
    result = undefined;
    throw error;
  }));
}
