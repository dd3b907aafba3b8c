/**
 * One JSON document per line, on stdout. Never headers, query strings or bodies.
 *
 * Not `console`: with Lambda's JSON log format it would nest the document in another one.
 */
import { attempt } from './attempt';
import { ErrorCode, NoticeCode } from '../contract/error-codes';
import { ErrorLine } from '../contract/log-lines';

/** What a line may tell beside its message. */
export interface LogFields {
  readonly router?: string;
  readonly routers?: readonly string[];
  readonly chunk?: string;
  readonly requestId?: string;
  readonly header?: string;
  readonly secret?: string;
  /** What was thrown: anything, so it may be there and undefined. */
  readonly cause?: unknown;
}

export interface LoggedError {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  readonly cause?: LoggedError;
}

/** What is thrown may carry anything: a line has no other fields. */
const FIELDS = ['router', 'routers', 'chunk', 'requestId', 'header', 'secret'] as const;

export type Log = typeof log;

const MAX_CAUSES = 5;

/** In characters, of which each has at most six bytes in JSON: a line with all its causes stays below the 256 KB that Lambda passes on. */
const MAX_TEXT = 2_000;

/** Never throws: a line is not worth a request. */
export function log(level: ErrorLine['level'], code: ErrorCode | NoticeCode, message: string, fields: LogFields): void {
  const error = 'cause' in fields ? describeError(fields.cause) : undefined;
  const line: ErrorLine = {
    timestamp: new Date().toISOString(), level, message, code, ...Object.fromEntries(FIELDS.map((name) => [name, fields[name]])), error,
  };
  attempt(() => process.stdout.write(JSON.stringify(line, cutText) + '\n'));
}

/** Anything can be thrown, so nothing about it is taken for granted. */
export function describeError(thrown: unknown, depth = MAX_CAUSES): LoggedError {
  return attempt(() => {
    if (!(thrown instanceof Error)) return { name: typeof thrown, message: String(thrown) };
    const { name, message, stack, cause } = thrown;
    return {
      name: String(name),
      message: String(message),
      stack: stack && String(stack),
      cause: cause === undefined || depth === 0 ? undefined : describeError(cause, depth - 1),
    };
  }) ?? { name: typeof thrown, message: 'cannot be shown' };
}

function cutText(_: string, value: unknown): unknown {
  return typeof value === 'string' ? value.slice(0, MAX_TEXT) : value;
}
