import type { Terminal } from './terminal';

/** A stack frame in Lambda's runtime client, below all user code. */
const RUNTIME_CLIENT = /\/aws-lambda-ric\//;

const FRAME = /^ +at /;

/** The directory of the built code: in cdk.out, or where `dev` rebuilt it. */
const ASSET = /file:\/\/\S*\/(?:asset\.[0-9a-f]+|cdk-lazy-api-\w+\/asset)\//;

/** A JSON line that the function writes: from this library, its logger, or Lambda's `console`. */
interface LogLine {
  readonly level: string;
  /** Lambda's `console` writes an error instead of text. */
  readonly message: string | Thrown;
  readonly code?: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly stack?: string;
}

interface Thrown {
  readonly errorType?: string;
  readonly errorMessage?: string;
  readonly stackTrace?: readonly string[];
}

/**
 * Formats the function's output for a person. It omits the line about a request, because the command writes its own. Text that is not a complete JSON
 * line of a known form stays unchanged.
 */
export function readableLog(text: string, terminal: Pick<Terminal, 'errStyle'>): string {
  return text.split(/(?<=\n)/).map((line) => readableLine(line, terminal)).join('');
}

function readableLine(text: string, terminal: Pick<Terminal, 'errStyle'>): string {
  const entry = text.startsWith('{') ? parse(text) : undefined;
  if (entry === undefined) return text;
  if (isAboutRequest(entry)) return '';
  const line = toLogLine(entry);
  return line ? render(line, terminal) : text;
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

function isAboutRequest({ coldStart, totalMs }: Record<string, unknown>): boolean {
  return typeof coldStart === 'boolean' && typeof totalMs === 'number';
}

function toLogLine(entry: Record<string, unknown>): LogLine | undefined {
  const { timestamp, level, message, requestId: _, code, error, errorType, errorMessage, stackTrace, ...fields } = entry;
  if (typeof timestamp !== 'string' || typeof level !== 'string' || message === undefined) return undefined;
  const thrown = typeof message === 'object' ? message as Thrown : { errorType, errorMessage, stackTrace } as Thrown;
  const stack = thrown.stackTrace?.join('\n') ?? (error as Partial<Error> | undefined)?.stack;
  return { level, message: message as string | Thrown, code: code as string | undefined, fields, stack };
}

function render({ level, message, code, fields, stack }: LogLine, { errStyle }: Pick<Terminal, 'errStyle'>): string {
  const text = typeof message === 'object' ? `${message.errorType}: ${message.errorMessage}` : message;
  const [title, ...rest] = text.split('\n');
  const head = [
    errStyle(level === 'ERROR' || level === 'FATAL' ? 'red' : level === 'WARN' ? 'yellow' : 'dim', level),
    title,
    ...code === undefined ? [] : [`(${code})`],
    ...Object.keys(fields).length === 0 ? [] : [errStyle('dim', JSON.stringify(fields))],
  ];
  // `console.error('text', error)` also has the stack in its text.
  const lines = rest.some((line) => FRAME.test(line)) ? rest : [...rest, ...stack?.split('\n') ?? []];
  const below = lines.filter((line) => line !== '' && !RUNTIME_CLIENT.test(line)).map((line) => line.replace(ASSET, ''));
  return [head.join(' '), ...below.map((line) => errStyle('dim', `  ${line}`))].map((line) => `${line}\n`).join('');
}
