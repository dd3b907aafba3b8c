import type { Readable } from 'node:stream';

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html, and the text of Lambda's error. */
const RESPONSE_BYTES = 6 * 1024 * 1024 + 100;

/** A request to run the function once. */
export interface Invocation {
  readonly requestId: string;
  /** The event, as JSON. */
  readonly event: string;
  /** The `clientContext` of the Invoke API, as JSON. */
  readonly clientContext?: string;
  /** The remaining time that the function sees, in milliseconds. By default, the function's timeout. */
  readonly remainingMs?: number;
}

/** The result of an invocation. */
export type InvocationResult = Returned | Streamed | Failed;

/** The handler returned. */
export interface Returned {
  readonly kind: 'returned';
  /** What it returned, as JSON. */
  readonly payload: Buffer;
}

/** The handler streams its response. */
export interface Streamed {
  readonly kind: 'streamed';
  readonly contentType: string;
  /** Fails if the function fails while it streams. */
  readonly payload: Readable;
}

/** The function returned an error, or no result. */
export interface Failed {
  readonly kind: 'failed';
  /** Lambda's name for the failure. */
  readonly errorType: string;
  readonly errorMessage: string;
  /** The complete error in JSON, as the Invoke API returns it. */
  readonly payload: Buffer;
}

export function failed(errorType: string, errorMessage: string): Failed {
  return { kind: 'failed', errorType, errorMessage, payload: Buffer.from(JSON.stringify({ errorType, errorMessage })) };
}

/** The result for an error that the runtime reports. */
export function failedWith(payload: Buffer): Failed {
  const { errorType = 'Unknown', errorMessage = '' } = parse(payload);
  return { kind: 'failed', errorType, errorMessage, payload };
}

/** A response that is larger than Lambda's limit is a failure. */
export function returned(payload: Buffer): InvocationResult {
  if (payload.length <= RESPONSE_BYTES) return { kind: 'returned', payload };
  return failed('Function.ResponseSizeTooLarge', `Response payload size exceeded maximum allowed payload size (${RESPONSE_BYTES} bytes).`);
}

/** The result of an invocation whose process ended by itself. */
export function exited(code: number | null, signal: NodeJS.Signals | null): InvocationResult {
  if (signal) return failed('Runtime.ExitError', `Runtime exited with signal ${signal}`);
  return failed('Runtime.ExitError', `Runtime exited ${code === 0 ? 'without providing a reason' : `with error: exit status ${code}`}`);
}

function parse(payload: Buffer): { errorType?: string; errorMessage?: string } {
  try {
    return JSON.parse(payload.toString()) as object;
  } catch {
    return {};
  }
}
