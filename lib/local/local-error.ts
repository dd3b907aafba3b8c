/** An error that the user of a local command can fix. The message says what is wrong, what was found, and what to do. */
export class LocalError extends Error {
  public override readonly name = 'LocalError';
}
