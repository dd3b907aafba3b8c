/**
 * Shares one call among all callers, and remembers its result. A failure is not remembered.
 */
export function once<T>(create: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => (result ??= create().catch((error: unknown) => {
    result = undefined;
    throw error;
  }));
}
