/** The lines that the function writes: tables of their fields, and the types that derive from the tables. Queries use only these fields. */

/** The types of fields, by their names in the tables. */
interface FieldTypes {
  readonly string: string;
  readonly strings: readonly string[];
  readonly number: number;
  readonly boolean: boolean;
  readonly thrown: ThrownError;
}

interface LogField {
  readonly type: keyof FieldTypes;
  /** Whether every line has it. */
  readonly required: boolean;
  /** All values that it can have. Undefined if it can have any value. */
  readonly values?: readonly string[];
  readonly description: string;
}

interface LogFields {
  readonly [field: string]: LogField;
}

type ValueOf<Field extends LogField> = Field extends { readonly values: ReadonlyArray<infer Value> } ? Value : FieldTypes[Field['type']];

type LineOf<Fields extends LogFields> =
  & { readonly [Name in keyof Fields as Fields[Name]['required'] extends true ? Name : never]: ValueOf<Fields[Name]> }
  & { readonly [Name in keyof Fields as Fields[Name]['required'] extends true ? never : Name]?: ValueOf<Fields[Name]> };

/**
 * The line about a request. Times are in milliseconds. Metrics and dimensions are further members of the line, because it is also a document in
 * CloudWatch's embedded metric format.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export const REQUEST_FIELDS = {
  timestamp: { type: 'string', required: true, description: 'ISO 8601, in UTC.' },
  level: {
    type: 'string', required: true, values: ['INFO'], description: 'Always INFO: Lambda drops lines below the function\'s application log level.',
  },
  message: { type: 'string', required: true, description: 'Method, router and status, for people who read.' },
  requestId: { type: 'string', required: false, description: 'Lambda\'s id of the invocation.' },
  apiRequestId: { type: 'string', required: false, description: 'API Gateway\'s id of the request, as in its access log.' },
  router: { type: 'string', required: false, description: 'The router\'s prefix. Missing if no router was found.' },
  method: { type: 'string', required: false, description: 'The HTTP method.' },
  status: { type: 'number', required: false, description: 'The status of the response. Missing if the response ended early.' },
  errorCode: { type: 'string', required: false, description: 'The code of the failure, if there is one. A separate line has the details.' },
  path: {
    type: 'string', required: false, description: 'The path without the query string. Only if you enable it, because it may contain personal data.',
  },
  coldStart: { type: 'boolean', required: true, description: 'Whether the request waited for the environment to start.' },
  initType: { type: 'string', required: false, description: 'How Lambda started the environment: on-demand, provisioned-concurrency, ...' },
  initMs: {
    type: 'number', required: false, description: 'From the start of the process to the end of INIT. Only in the line of the first request.',
  },
  routerLoadMs: {
    type: 'number', required: false, description: 'How long the request waited for its router to load. Missing if the router was already loaded.',
  },
  handlerMs: { type: 'number', required: false, description: 'From the end of loading the router to the end of the response.' },
  totalMs: { type: 'number', required: true, description: 'From the event to the end of the response.' },
} as const satisfies LogFields;

export type RequestLine = LineOf<typeof REQUEST_FIELDS>;

/** The line about a failure or a notice, with or without a request. */
export const ERROR_FIELDS = {
  timestamp: { type: 'string', required: true, description: 'ISO 8601, in UTC.' },
  level: { type: 'string', required: true, values: ['INFO', 'WARN', 'ERROR'], description: 'How bad it is.' },
  message: { type: 'string', required: true, description: 'What happened, for people who read.' },
  code: { type: 'string', required: true, description: 'An error code or a notice code.' },
  router: { type: 'string', required: false, description: 'The router\'s prefix.' },
  routers: { type: 'strings', required: false, description: 'The prefixes of the routers, if several are affected.' },
  chunk: { type: 'string', required: false, description: 'The file that could not be imported, if it is known.' },
  requestId: { type: 'string', required: false, description: 'Lambda\'s id of the invocation.' },
  header: { type: 'string', required: false, description: 'The name of the header that was left out.' },
  secret: { type: 'string', required: false, description: 'The name of the secret or parameter.' },
  error: { type: 'thrown', required: false, description: 'What was thrown.' },
} as const satisfies LogFields;

export type ErrorLine = LineOf<typeof ERROR_FIELDS>;

/** The members of `error`, and of a cause in it. */
export const THROWN_FIELDS = {
  name: { type: 'string', required: true, description: 'The name of the error, or the type of what was thrown instead of one.' },
  message: { type: 'string', required: true, description: 'The message of the error.' },
  stack: { type: 'string', required: false, description: 'The stack of the error.' },
  cause: { type: 'thrown', required: false, description: 'The cause of the error, with the same members.' },
} as const satisfies LogFields;

export type ThrownError = LineOf<typeof THROWN_FIELDS>;
