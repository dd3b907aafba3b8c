import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { HttpResponse } from '../../gateway/http-message';

/** Headers of the connection, and headers that only the server can set. */
const OWN_HEADERS = /^(?:connection|content-length|keep-alive|proxy-connection|te|trailer|transfer-encoding|upgrade)$/i;

/** How long a rejected client may continue to send its body before the connection is closed, in milliseconds. */
const LINGER_MS = 1000;

/**
 * Writes a response as fast as the client reads it. Resolves to whether the client received all of it.
 *
 * @throws an error, before it writes anything, if HTTP does not allow the status or a header
 */
export async function writeResponse(response: ServerResponse, { status, headers, body }: HttpResponse): Promise<boolean> {
  prepareHead(response, status, headers);
  if (body instanceof Readable) return pipeline(body, response).then(() => true, () => false);
  if (status !== 204 && status !== 304) response.setHeader('content-length', body.byteLength);
  if (response.destroyed) return false;
  return new Promise((resolve) => {
    response.on('close', () => resolve(response.writableFinished));
    response.end(body);
  });
}

/**
 * Responds to a request whose body is not needed. An immediately closed connection would lose the response, so the client may send for a while. What
 * it sends is discarded.
 */
export async function writeRefusal(message: IncomingMessage, response: ServerResponse, { status, headers, body }: HttpResponse): Promise<boolean> {
  prepareHead(response, status, headers);
  response.setHeader('connection', 'close').setHeader('content-length', (body as Uint8Array).byteLength).write(body);
  message.resume();
  await Promise.race([finished(message).catch(() => {}), wait(LINGER_MS)]);
  response.end();
  message.destroy();
  return true;
}

function prepareHead(response: ServerResponse, status: number, headers: HttpResponse['headers']): void {
  for (const name of response.getHeaderNames()) response.removeHeader(name);
  if (status < 200) throw new Error(`the function responded with the status ${status}`);
  for (const [name, value] of headers) {
    if (!OWN_HEADERS.test(name)) response.appendHeader(name, value);
  }
  response.statusCode = status;
}
