/** What a user of a local command did wrong, or what the machine lacks. The message says what was wrong, what was got and what to do. */
export class LocalError extends Error {
  public override readonly name = 'LocalError';
}
