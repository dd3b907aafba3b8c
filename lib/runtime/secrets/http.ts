/**
 * Sends one HTTP request and reads the whole answer.
 */
import type { Agent, IncomingMessage, RequestOptions } from 'node:http';

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

/** How long to wait for an answer, in milliseconds, and how many requests to one host may be on their way at once. */
export interface Limits {
  readonly timeout: number;
  readonly connections: number;
}

/** By protocol. They reuse connections, and hold back what is above the limit of a host, which is the same for all requests. */
const agents: { [protocol: string]: Agent } = {};

/** Rejects when it takes too long, the wait for a connection included. */
export function send(url: URL, options: RequestOptions, { timeout, connections }: Limits, body?: string): Promise<HttpAnswer> {
  // Loaded when they are needed first, and not with the router.
  const http = url.protocol === 'https:' ? process.getBuiltinModule('node:https') : process.getBuiltinModule('node:http');
  const agent = agents[url.protocol] ??= new http.Agent({ keepAlive: true, maxSockets: connections });
  return new Promise((resolve, reject) => {
    const outgoing = http.request(url, { ...options, agent, signal: AbortSignal.timeout(timeout) }, (incoming: IncomingMessage) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => resolve({ status: incoming.statusCode!, body: Buffer.concat(chunks).toString() }));
      incoming.on('error', reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
