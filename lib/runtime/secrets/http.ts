/** Sends one HTTP request and reads the complete response. */
import type { Agent, IncomingMessage, RequestOptions } from 'node:http';

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

/** How long to wait for a response, in milliseconds, and the maximum number of concurrent requests to one host. */
export interface Limits {
  readonly timeout: number;
  readonly connections: number;
}

/** By protocol. They reuse connections, and hold back requests above the limit of a host, which is the same for all requests. */
const agents: { [protocol: string]: Agent } = {};

/** Rejects if it takes too long, including the wait for a connection. */
export function send(url: URL, options: RequestOptions, { timeout, connections }: Limits, body?: string): Promise<HttpAnswer> {
  // Loaded when they are first needed, not with the router.
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
