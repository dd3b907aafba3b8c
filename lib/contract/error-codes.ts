/**
 * The codes in responses and log lines.
 *
 * The codes are part of the API: users write alarms, queries, and runbooks for them.
 */

interface ErrorCodeEntry {
  /** The status of the response. */
  readonly status: number;
  readonly description: string;
}

/** The codes of failures: each has a status for the response and a line in the log. */
export const ERROR_CODES = {
  PATH_REFUSED: { status: 400, description: 'The path has "." or ".." segments, or is not valid percent-encoding.' },
  REQUEST_INVALID: { status: 400, description: 'A Request for a fetch router cannot be made of the event.' },
  AUTHORIZER_CONTEXT_MISSING: { status: 401, description: 'The router has an authorizer, and the event has no result of an authorizer.' },
  ROUTE_UNKNOWN: { status: 404, description: 'No router has the event\'s route or path.' },
  METHOD_UNSUPPORTED: { status: 405, description: 'A Request cannot have this method: CONNECT, TRACE, TRACK.' },
  ROUTER_LOAD_FAILED: { status: 500, description: 'A chunk of the router could not be imported.' },
  ROUTER_EXPORT: { status: 500, description: 'The router\'s module exports nothing that can serve a request.' },
  HANDLER_FAILED: { status: 500, description: 'The router threw an error, or rejected.' },
  HANDLER_CALLBACK: { status: 500, description: 'The router is a callback-style handler.' },
  HANDLER_STREAMING: { status: 500, description: 'The router writes to a stream, and the endpoint does not stream.' },
  RESULT_MALFORMED: { status: 500, description: 'API Gateway does not understand the router\'s result.' },
  RESULT_NOT_SERIALIZABLE: { status: 500, description: 'The router\'s result cannot be written as JSON.' },
  RESULT_TOO_LARGE: { status: 500, description: 'The router\'s result is larger than Lambda\'s limit of 6 MB.' },
  SECRET_UNKNOWN: { status: 500, description: 'The router asked for a secret or parameter that the construct does not declare.' },
  SECRET_UNAVAILABLE: { status: 500, description: 'A secret or parameter could not be read in time.' },
  SECRET_REFUSED: { status: 500, description: 'AWS refused to return a secret or parameter.' },
  SECRET_FORMAT: { status: 500, description: 'A secret does not have the format that the router asked for: JSON, text, or binary.' },
  SECRET_LOCAL: { status: 500, description: 'A local value of a secret is missing, or is set inside Lambda.' },
  UNHANDLED_REJECTION: { status: 500, description: 'A promise was rejected, and the code did not handle it.' },
  UNCAUGHT_EXCEPTION: {
    status: 500,
    description: 'An exception was thrown outside of any promise. The environment ends after the response.',
  },
  TIMEOUT: { status: 504, description: 'The router did not respond shortly before the function\'s timeout.' },
} as const satisfies { readonly [code: string]: ErrorCodeEntry };

export type ErrorCode = keyof typeof ERROR_CODES;

type StatusOf<Code extends ErrorCode> = typeof ERROR_CODES[Code]['status'];

/** The part of the table that the runtime contains: the statuses other than 500. The compiler checks that both match. */
const STATUS: { readonly [Code in ErrorCode as StatusOf<Code> extends 500 ? never : Code]: StatusOf<Code> } = {
  PATH_REFUSED: 400,
  REQUEST_INVALID: 400,
  AUTHORIZER_CONTEXT_MISSING: 401,
  ROUTE_UNKNOWN: 404,
  METHOD_UNSUPPORTED: 405,
  TIMEOUT: 504,
};

export function statusOf(code: ErrorCode): number {
  return (STATUS as { readonly [code in ErrorCode]?: number })[code] ?? 500;
}

/** The codes of a router that could not be loaded. */
export const LOAD_FAILURE_CODES: readonly ErrorCode[] = ['ROUTER_LOAD_FAILED', 'ROUTER_EXPORT'];

/** The codes of notices. They appear only in the log, not in responses. */
export const NOTICE_CODES = {
  INIT_TIMEOUT: { description: 'INIT ended before all of its imports had settled.' },
  PROCESS_EXIT: { description: 'Router code ended the process: in INIT, during a request, or between two requests.' },
  HEADER_DROPPED: { description: 'A header that a Request cannot have was left out.' },
  BODY_DROPPED: { description: 'The body of a GET or HEAD request was left out.' },
  PREFIX_TWICE: { description: 'A mounted router seems to declare its own prefix.' },
  SECRET_STALE: { description: 'A value was returned that is older than it should be, because no newer one could be read.' },
  SECRETS_LOCAL: { description: 'Values of secrets and parameters come from this machine.' },
} as const satisfies { readonly [code: string]: { readonly description: string } };

export type NoticeCode = keyof typeof NOTICE_CODES;
