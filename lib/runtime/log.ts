/**
 * Writes the runtime's own lines to stdout: one JSON document per line. They never contain headers, query strings, or bodies.
 *
 * They are not written with `console`, which nests the document in another one if Lambda's log format is JSON. The logger for routers is in
 * `logger/`.
 */
import { attempt } from './attempt';
import { ErrorCode, NoticeCode } from '../contract/error-codes';
import { ErrorLine, ThrownError } from '../contract/log-lines';

/** An error of router code may have any fields. A line contains only these. */
const FIELDS = ['router', 'routers', 'chunk', 'requestId', 'header', 'secret'] as const;

/** What a line may have in addition to its message. */
export interface LogFields extends Pick<ErrorLine, typeof FIELDS[number]> {
  /** What was thrown. It can be anything, so the member may exist with the value undefined. */
  readonly cause?: unknown;
}

export type Log = typeof log;

const MAX_CAUSES = 5;

/** In characters, each of which has at most six bytes in JSON. A line with all its causes stays below the 256 KB that Lambda passes on. */
const MAX_TEXT = 2_000;

/** Never throws: a line that cannot be written must not fail a request. */
export function log(level: ErrorLine['level'], code: ErrorCode | NoticeCode, message: string, fields: LogFields): void {
  const error = 'cause' in fields ? describeError(fields.cause) : undefined;
  const line: ErrorLine = {
    timestamp: new Date().toISOString(), level, message, code, ...Object.fromEntries(FIELDS.map((name) => [name, fields[name]])), error,
  };
  attempt(() => process.stdout.write(JSON.stringify(line, cutText) + '\n'));
}

/** Anything can be thrown, so every access to it may also throw. */
export function describeError(thrown: unknown, depth = MAX_CAUSES): ThrownError {
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
