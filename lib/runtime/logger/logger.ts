/**
 * What routers log with: one JSON document per line, with the request and the router already in it.
 *
 * A thin layer: Lambda's JSON log format nests what `console` is given, and knows no router.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-advanced.html
 */
import { LOG_LEVEL_VARIABLE } from '../../contract/report';
import { currentFlight } from '../flights';
import { describeError } from '../log';

/** Members of a line. Errors are told with their stack and causes. */
export interface LoggerFields {
  readonly [name: string]: unknown;
}

/** Writes lines about what a router does. `timestamp`, `level`, `message`, `requestId` and `router` are the logger's own. */
export interface Logger {
  debug(message: string, fields?: LoggerFields): void;
  info(message: string, fields?: LoggerFields): void;
  warn(message: string, fields?: LoggerFields): void;
  error(message: string, fields?: LoggerFields): void;
}

/** Lambda's names, from the least important. */
const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const;
type Level = typeof LEVELS[number];

const INFO = LEVELS.indexOf('INFO');

/** In bytes: Lambda passes on 256 KB. */
const MAX_LINE = 200_000;

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

function lowestLevel(): number {
  const { [LOG_LEVEL_VARIABLE]: own, AWS_LAMBDA_LOG_LEVEL: lambdas } = process.env;
  const [index] = [own, lambdas].map((name) => LEVELS.indexOf(name?.toUpperCase() as Level)).filter((found) => found >= 0);
  return index ?? INFO;
}

function write(level: Level, message: string, fields: readonly unknown[]): void {
  const flight = currentFlight();
  const own = { timestamp: new Date().toISOString(), level, message, requestId: flight?.requestId, router: flight?.router };
  process.stdout.write(render(own, fields) + '\n');
}

/** The logger's own members come first, for people who read, and no field takes their place. Never throws: logging is not worth a request. */
function render(own: { readonly message: unknown }, fields: readonly unknown[]): string {
  let problem: string;
  try {
    const text = stringify(Object.assign({}, own, ...fields, own));
    const bytes = Buffer.byteLength(text);
    if (bytes <= MAX_LINE) return text;
    problem = `the line had ${bytes} bytes, the limit is ${MAX_LINE}`;
  } catch (error) {
    problem = String(error);
  }
  const { message } = own;
  // A character has at most six bytes in JSON.
  return stringify({ ...own, message: typeof message === 'string' ? message.slice(0, MAX_LINE / 8) : typeof message, fieldsNotShown: problem });
}

function stringify(line: object): string {
  return JSON.stringify(line, (_, value: unknown) => {
    if (value instanceof Error) return describeError(value);
    return typeof value === 'bigint' ? String(value) : value;
  });
}
