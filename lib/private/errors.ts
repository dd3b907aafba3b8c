import { helpOfError } from './help';

/**
 * A mistake in what the user declared. The code is stable, so that users can search and test for it. The text names the prop, its value, and what to
 * do. (CDK's own error classes are internal and have changed their constructors.)
 */
export class LazyApiError extends Error {
  constructor(public readonly code: string, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = `LazyApiError [${code}]`;
    this.stack = withHelp(this.stack, message, this.help);
  }

  /** The address of the entry about this code. */
  public get help(): string {
    return helpOfError(this.code);
  }
}

/**
 * Node.js prints the stack, and jsii shows it in other languages. There, the link follows the message on a separate line, so that the message itself
 * does not change.
 */
function withHelp(stack: string | undefined, message: string, help: string): string | undefined {
  const start = stack?.indexOf(message) ?? -1;
  if (stack === undefined || start < 0) return stack;
  const end = start + message.length;
  return `${stack.slice(0, end).trimEnd()}${message.includes('\n') ? '\n\n' : '\n'}See ${help}${stack.slice(end)}`;
}

/** A bug in this library. The user cannot fix it. */
export class InternalError extends Error {
  constructor(message: string) {
    super(`${message}; this is a bug in cdk-lazy-api, please report it`);
    this.name = 'InternalError';
  }
}

/** Runs a step of a construct. The user's mistakes get the path of the construct, because an app may have several APIs. */
export function within<T>(constructPath: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof LazyApiError)) throw error;
    throw new LazyApiError(error.code, `${constructPath}: ${error.message}`, 'cause' in error ? { cause: error.cause } : undefined);
  }
}
