/** What a user of a local command can solve. The message says what is wrong, what was found and what to do. */
export class LocalError extends Error {
  public override readonly name = 'LocalError';
}
