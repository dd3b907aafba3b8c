/**
 * What the code under test writes to stdout.
 */
export interface Written<T> {
  readonly value: T;
  /** What each call wrote. */
  readonly writes: string[];
}

export async function captureOutput<T>(act: () => Promise<T> | T): Promise<Written<T>> {
  const writes: string[] = [];
  const { write } = process.stdout;
  process.stdout.write = ((text: unknown) => {
    writes.push(String(text));
    return true;
  }) as typeof write;
  try {
    return { value: await act(), writes };
  } finally {
    process.stdout.write = write;
  }
}
