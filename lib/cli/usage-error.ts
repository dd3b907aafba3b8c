/** The command line is wrong. */
export class UsageError extends Error {
  public readonly name = 'UsageError';
}
