import type { IncomingMessage } from 'node:http';
import type { HttpHeaders, HttpRequest } from '../../gateway/http-message';
import { TESTER_HEADER } from '../page/page-path';

/** The result of reading a request. */
export type ReadRequest = HttpRequest | 'too large' | 'gone';

/** Headers that AWS adds itself, and headers for the page of this server. */
const NOT_PASSED_ON = new RegExp(`^(?:x-forwarded-(?:for|port|proto)|${TESTER_HEADER})$`, 'i');

/** Reads a request whose body does not exceed the limit. Discards a larger body. */
export async function readRequest(message: IncomingMessage, limit: number): Promise<ReadRequest> {
  const body = isTooLarge(message, limit) ? 'too large' : await readBody(message, limit);
  if (typeof body === 'string') return body;
  const { remoteAddress: sourceIp = '127.0.0.1', localPort } = message.socket;
  return {
    method: message.method!,
    target: targetOf(message.url!),
    headers: [
      ...headersOf(message.rawHeaders).filter(([name]) => !NOT_PASSED_ON.test(name)),
      ['X-Forwarded-For', sourceIp], ['X-Forwarded-Port', String(localPort)], ['X-Forwarded-Proto', 'http'],
    ],
    body: body.length > 0 ? body : undefined,
    sourceIp,
  };
}

/** Whether the headers of a request show that its body is too large. */
export function isTooLarge({ headers }: IncomingMessage, limit: number): boolean {
  return Number(headers['content-length']) > limit;
}

function readBody(message: IncomingMessage, limit: number): Promise<Buffer | 'too large' | 'gone'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const take = (chunk: Buffer) => {
      length += chunk.length;
      if (length > limit) {
        message.off('data', take);
        chunks.length = 0;
        resolve('too large');
      } else {
        chunks.push(chunk);
      }
    };
    message.on('data', take);
    message.on('end', () => resolve(Buffer.concat(chunks)));
    message.on('error', () => resolve('gone'));
    message.on('close', () => resolve('gone'));
  });
}

/** A proxy sends a complete URL. */
export function targetOf(url: string): string {
  if (url.startsWith('/')) return url;
  const path = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '');
  return path.startsWith('/') ? path : `/${path}`;
}

function headersOf(raw: readonly string[]): HttpHeaders {
  return Array.from({ length: raw.length / 2 }, (_, i) => [raw[2 * i], raw[2 * i + 1]] as const);
}
