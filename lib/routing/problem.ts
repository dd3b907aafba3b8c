/** A mistake in what the user declared, as data. Code that knows the prop turns it into an error. */
export interface Problem {
  readonly code: string;
  readonly message: string;
}

export function isProblem(value: object): value is Problem {
  return 'code' in value && 'message' in value;
}
