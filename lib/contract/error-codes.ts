/**
 * The codes that answers and log lines carry, and the status that each answers with.
 *
 * A code is API: alarms, saved queries and runbooks are written against it.
 */
export type ErrorCode =
  /** 400: the path has `.` or `..` segments, or is not valid percent-encoding. */
  | 'PATH_REFUSED'
  /** 400: the event cannot be told to a fetch router as a `Request`. */
  | 'REQUEST_INVALID'
  /** 401: the router has an authorizer, and the event carries nothing that one found out. */
  | 'AUTHORIZER_CONTEXT_MISSING'
  /** 404: the event's route, or its path, belongs to no router. */
  | 'ROUTE_UNKNOWN'
  /** 405: a `Request` cannot have this method: CONNECT, TRACE, TRACK. */
  | 'METHOD_UNSUPPORTED'
  /** 500: a chunk of the router could not be imported. */
  | 'ROUTER_LOAD_FAILED'
  /** 500: the router's module exports nothing that can serve a request. */
  | 'ROUTER_EXPORT'
  /** 500: the router threw, or rejected. */
  | 'HANDLER_FAILED'
  /** 500: the router is a callback-style handler. */
  | 'HANDLER_CALLBACK'
  /** 500: the router writes to a stream, and the front door does not stream. */
  | 'HANDLER_STREAMING'
  /** 500: the router's result is not something that API Gateway understands. */
  | 'RESULT_MALFORMED'
  /** 500: the router's result cannot be written as JSON. */
  | 'RESULT_NOT_SERIALIZABLE'
  /** 500: the router's result is larger than Lambda's limit of 6 MB. */
  | 'RESULT_TOO_LARGE'
  /** 500: the router asked for a secret or parameter that the construct does not declare. */
  | 'SECRET_UNKNOWN'
  /** 500: a secret or parameter could not be had in time. */
  | 'SECRET_UNAVAILABLE'
  /** 500: AWS refused to hand a secret or parameter over. */
  | 'SECRET_REFUSED'
  /** 500: a secret is not what the router took it for: JSON, text, or binary. */
  | 'SECRET_FORMAT'
  /** 500: a local value for a secret is missing, or is set inside Lambda. */
  | 'SECRET_LOCAL'
  /** 500: a promise was rejected and nobody was listening. */
  | 'UNHANDLED_REJECTION'
  /** 500: an exception was thrown outside of any promise; the environment ends when the request is answered. */
  | 'UNCAUGHT_EXCEPTION'
  /** 504: the router had no answer shortly before the function's time was up. */
  | 'TIMEOUT';

/** The others answer 500. */
const STATUS: { readonly [code in ErrorCode]?: number } = {
  PATH_REFUSED: 400,
  REQUEST_INVALID: 400,
  AUTHORIZER_CONTEXT_MISSING: 401,
  ROUTE_UNKNOWN: 404,
  METHOD_UNSUPPORTED: 405,
  TIMEOUT: 504,
};

export function statusOf(code: ErrorCode): number {
  return STATUS[code] ?? 500;
}

/** What only the log tells, without an answer of its own. */
export type NoticeCode =
  /** INIT went on before all of its imports had settled. */
  | 'INIT_TIMEOUT'
  /** Router code ended the process, in INIT, while a request was in flight, or between two requests. */
  | 'PROCESS_EXIT'
  /** A header that a `Request` cannot hold was left out. */
  | 'HEADER_DROPPED'
  /** The body of a GET or HEAD request was left out. */
  | 'BODY_DROPPED'
  /** A mounted router seems to declare its own prefix. */
  | 'PREFIX_TWICE'
  /** A value was answered that is older than it should be, because no newer one could be had. */
  | 'SECRET_STALE'
  /** Values of secrets and parameters come from this machine. */
  | 'SECRETS_LOCAL';
