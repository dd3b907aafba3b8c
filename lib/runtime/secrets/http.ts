/**
 * One HTTP request, whole.
 */
import type { IncomingMessage, RequestOptions } from 'node:http';

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

/** Rejects when it takes longer than `timeout` milliseconds. */
export function send(url: URL, options: RequestOptions, timeout: number, body?: string): Promise<HttpAnswer> {
  // Loaded when they are needed first, and not with the router.
  const { request } = url.protocol === 'https:' ? process.getBuiltinModule('node:https') : process.getBuiltinModule('node:http');
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { ...options, signal: AbortSignal.timeout(timeout) }, (incoming: IncomingMessage) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => resolve({ status: incoming.statusCode!, body: Buffer.concat(chunks).toString() }));
      incoming.on('error', reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
