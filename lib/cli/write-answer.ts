import { Terminal } from './terminal';
import { HttpHeaders } from '../gateway/http-message';
import { Invoked } from '../local/lambda/local-lambda';

const NEWLINE = 10;

/** The response to a request, with details. */
export interface Answer {
  /** The method and target of the request. */
  readonly title: string;
  /** The prefix of the router. */
  readonly router?: string;
  readonly status: number;
  readonly headers: HttpHeaders;
  readonly body: Buffer;
  /** Undefined if the endpoint responds without an invocation. */
  readonly invoked?: Invoked;
  /** The duration in milliseconds. */
  readonly ms: number;
}

/** Writes the body to stdout and a line about the request to stderr. The shell prompt starts on a new line. */
export function writeBody({ title, router, status, body, invoked, ms }: Answer, terminal: Terminal): void {
  const failure = failureOf(invoked);
  if (failure !== undefined) terminal.err(`${terminal.errStyle('red', 'failed:')} ${failure}\n`);
  const initMs = invoked?.initMs;
  const details = [
    ...router === undefined ? [] : [`router ${router}`],
    ...initMs === undefined ? [] : [`INIT ${round(initMs)} ms`],
    `total ${round(ms)} ms`,
  ];
  const color = status >= 400 ? 'red' : 'green';
  terminal.err(`${terminal.errStyle(color, String(status))} ${title}  ${terminal.errStyle('dim', details.join(', '))}\n`);
  terminal.out(body);
  if (terminal.isOutWatched && body.length > 0 && body.at(-1) !== NEWLINE) terminal.err('\n');
}

/** Writes everything to stdout. */
export function writeJson({ router, status, headers, body, invoked, ms }: Answer, terminal: Terminal): void {
  const text = body.toString();
  const isBase64Encoded = !Buffer.from(text).equals(body);
  const data = {
    status,
    headers,
    body: isBase64Encoded ? body.toString('base64') : text,
    isBase64Encoded,
    router,
    error: failureOf(invoked),
    initMs: invoked?.initMs === undefined ? undefined : round(invoked.initMs),
    totalMs: round(ms),
  };
  terminal.out(`${JSON.stringify(data, undefined, 2)}\n`);
}

function failureOf(invoked?: Invoked): string | undefined {
  return invoked?.result.kind === 'failed' ? `${invoked.result.errorType}: ${invoked.result.errorMessage}` : undefined;
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}
