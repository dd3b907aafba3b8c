/**
 * A mistake in what the user declared. The code is stable, so that it can be searched for and tested against; the text
 * names the prop, what it got and what to do. (CDK's own error classes are internal and have changed their constructors.)
 */
export class LazyApiError extends Error {
  constructor(public readonly code: string, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = `LazyApiError [${code}]`;
  }
}

/** A mistake of this library's: never the user's to mend. */
export class InternalError extends Error {
  constructor(message: string) {
    super(`${message}; this is a bug in cdk-lazy-api, please report it`);
    this.name = 'InternalError';
  }
}

/** Runs a step of a construct; the user's mistakes get the construct's path, since an app may have several APIs. */
export function within<T>(constructPath: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof LazyApiError)) throw error;
    throw new LazyApiError(error.code, `${constructPath}: ${error.message}`, 'cause' in error ? { cause: error.cause } : undefined);
  }
}
