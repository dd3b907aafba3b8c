import type { IncomingMessage } from 'node:http';
import { failedWith } from './invocation';

/** An incomplete message means that the process has ended, which has a separate result. */
export function read(message: IncomingMessage, take: (payload: Buffer) => void): void {
  const chunks: Buffer[] = [];
  message.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => take(Buffer.concat(chunks)));
}

/** Why a stream ended before it was complete. The cause is the error that the runtime reports. */
export function brokenOff({ trailers }: IncomingMessage): Error | undefined {
  const errorType = trailers['lambda-runtime-function-error-type'];
  const body = trailers['lambda-runtime-function-error-body'] ?? '';
  return errorType === undefined ? undefined : new Error(errorType, { cause: failedWith(Buffer.from(body, 'base64')) });
}
