/**
 * The logger for routers: one JSON document per line, which contains the request and the router.
 *
 * It is a thin layer: Lambda's JSON log format nests the arguments of `console`, and does not contain the router.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-advanced.html
 */
import { VariableName } from '../../contract/variables';
import { currentFlight } from '../flights';
import { describeError } from '../log';

/**
 * Members of a line. Errors are shown with their stack and causes.
 *
 * A field with a reserved name is shown below the member `fields`, so that what a caller sends can be logged and makes no metrics. Reserved are the
 * logger's own members (`timestamp`, `level`, `message`, `requestId`, `router`, `fields`), the names by which CloudWatch, Lambda and the saved
 * queries recognize lines (`_aws`, `type`, `time`, `record`, `code`, `totalMs`, `routerLoadMs`), and those of the function's metrics and dimensions.
 */
export interface LoggerFields {
  readonly [name: string]: unknown;
}

/** Writes lines about what a router does, with the request's id and the router's prefix. Its methods never throw. */
export interface Logger {
  /** Writes a line of level DEBUG. */
  debug(message: string, fields?: LoggerFields): void;
  /** Writes a line of level INFO. */
  info(message: string, fields?: LoggerFields): void;
  /** Writes a line of level WARN. */
  warn(message: string, fields?: LoggerFields): void;
  /** Writes a line of level ERROR. */
  error(message: string, fields?: LoggerFields): void;
}

/** Lambda's names, lowest first. */
const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const;
type Level = typeof LEVELS[number];

/** The function's metrics and their dimensions. A test compares them with the contract. */
const METRICS = /^((ColdStart|InitAndLoad|RouterLoad|Request)Duration|Requests|ServerErrors|Router(LoadFailures)?|FunctionName|ExecutedVersion)$/;

/** The members of documents in CloudWatch's embedded metric format, of Lambda's own lines, and of lines that the saved queries look for. */
const MARKS = /^(_aws|type|time|record|code|(total|routerLoad)Ms|fields)$/;

/** In bytes: Lambda passes on 256 KB. */
const MAX_LINE = 200_000;

/** In characters, each of which has at most six bytes in JSON. */
const MAX_TEXT = 16_000;

/**
 * A logger for router code. It leaves out lines below the level in the variable `LAZY_API_LOG_LEVEL`, or else the function's application log level
 * (`applicationLogLevelV2`), or else INFO.
 *
 * @param common members of all of its lines
 */
export function getLogger(common: LoggerFields = {}): Logger {
  const lowest = lowestLevel();
  const at = (level: Level) => (message: string, fields?: LoggerFields) => {
    if (LEVELS.indexOf(level) >= lowest) write(level, message, [common, fields]);
  };
  return { debug: at('DEBUG'), info: at('INFO'), warn: at('WARN'), error: at('ERROR') };
}

type Variables = { readonly [name in VariableName | 'AWS_LAMBDA_LOG_LEVEL']?: string };

function lowestLevel(): number {
  const { LAZY_API_LOG_LEVEL: own, AWS_LAMBDA_LOG_LEVEL: lambdas } = process.env as Variables;
  return [own, lambdas, 'INFO'].map((name) => LEVELS.indexOf(name?.toUpperCase() as Level)).find((found) => found >= 0)!;
}

function write(level: Level, message: string, given: readonly unknown[]): void {
  const flight = currentFlight();
  const own = { timestamp: new Date().toISOString(), level, message, requestId: flight?.requestId, router: flight?.router };
  process.stdout.write(render(own, given) + '\n');
}

/** Never throws: a line that cannot be written must not fail a request. */
function render(own: { readonly message: unknown }, given: readonly unknown[]): string {
  try {
    const text = stringify(compose(own, given));
    const bytes = Buffer.byteLength(text);
    if (bytes > MAX_LINE) throw new Error(`the line had ${bytes} bytes, the limit is ${MAX_LINE}`);
    return text;
  } catch (thrown) {
    return stringify({ ...own, message: textOf(own.message), fieldsNotShown: textOf(thrown) });
  }
}

function textOf(value: unknown): string {
  return describeError(value).message.slice(0, MAX_TEXT);
}

type Line = { [name: string]: unknown };

/** The logger's own members come first, for human readers. Without a prototype, a field can have any name. */
function compose(own: object, given: readonly unknown[]): Line {
  const line: Line = { __proto__: null, ...own };
  for (const [name, value] of given.flatMap(membersOf)) {
    // JSON has no functions. A function with the name toJSON would replace the complete line.
    if (typeof value === 'function') continue;
    const isReserved = Object.hasOwn(own, name) || METRICS.test(name) || MARKS.test(name);
    const place = isReserved ? (line.fields ??= { __proto__: null }) as Line : line;
    place[name] = value;
  }
  return line;
}

/** An error's own members do not identify it. */
function membersOf(given: unknown): Array<[string, unknown]> {
  return Object.entries(given instanceof Error ? { error: given } : given ?? {});
}

function stringify(line: object): string {
  return JSON.stringify(line, function (this: Line, name, value: unknown) {
    // Not the value, because an error may have a toJSON method, which can return anything, without a stack.
    if (this[name] instanceof Error) return describeError(this[name]);
    return typeof value === 'bigint' ? `${value}` : value;
  });
}
