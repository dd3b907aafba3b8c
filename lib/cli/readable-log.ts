import type { Terminal } from './terminal';

/** A JSON line of the function: of this library, of its logger, or of Lambda's `console`. */
interface LogLine {
  readonly level: string;
  /** Lambda's `console` writes an error in its place. */
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
 * What a function writes, for a person who watches. The line about a request is left out, because the command writes one itself. Text that is no
 * whole JSON line of a known form stays as it is.
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
  const head = [
    errStyle(level === 'ERROR' || level === 'FATAL' ? 'red' : level === 'WARN' ? 'yellow' : 'dim', level),
    text,
    ...code === undefined ? [] : [`(${code})`],
    ...Object.keys(fields).length === 0 ? [] : [errStyle('dim', JSON.stringify(fields))],
  ];
  const frames = (stack ?? '').split('\n').filter(Boolean).map((frame) => `${errStyle('dim', `  ${frame}`)}\n`);
  return `${head.join(' ')}\n${frames.join('')}`;
}
