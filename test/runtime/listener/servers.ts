/**
 * The servers that can run an app: Node.js's own server, and the usual adapters for Lambda.
 */
import { execFileSync } from 'node:child_process';
import { createServer, IncomingMessage, request, RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { requireFramework } from './frameworks';
import { ApiEvent } from '../../../lib/runtime/events';
import { received, Received } from '../endpoints';
import type { Sent } from '../events';
import { contextOf } from '../support';

/** Headers that the connection or the server sets. */
const OF_THE_SERVER = ['connection', 'date', 'transfer-encoding'];

/** Rejects if the connection breaks. */
export async function askNode(app: unknown, sent: Sent): Promise<Received> {
  const server = createServer({ keepAliveTimeout: 0 }, app as RequestListener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const response = await send(sent, (server.address() as AddressInfo).port);
    const bytes = Buffer.concat(await response.toArray() as Buffer[]);
    const { 'set-cookie': cookies = [], ...headers } = response.headers;
    const own = Object.entries(headers).filter(([name]) => !OF_THE_SERVER.includes(name));
    return { status: response.statusCode!, headers: Object.fromEntries(own) as Received['headers'], cookies, bytes };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

function send({ method = 'GET', path = '/', query, headers = [], cookies, body, isBase64Encoded }: Sent, port: number): Promise<IncomingMessage> {
  const bytes = body === undefined ? undefined : Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  const all = [...headers, ...cookies ? [['cookie', cookies.join('; ')]] : [], ...bytes ? [['content-length', String(bytes.length)]] : []];
  return new Promise((resolve, reject) => {
    const outgoing = request({ port, method, path: query ? `${path}?${query}` : path, agent: false }, resolve);
    for (const [name, value] of all) outgoing.appendHeader(name, value);
    outgoing.on('error', reject).end(bytes);
  });
}

type Adapter = (app: unknown) => (event: ApiEvent, context: unknown) => Promise<Result>;
type Result = Parameters<typeof received>[0];

export const ADAPTERS = ['serverless-http', '@codegenie/serverless-express'] as const;

/** Undefined if the adapter returns no response. */
export async function askAdapter(name: typeof ADAPTERS[number], app: unknown, event: ApiEvent): Promise<Received | undefined> {
  const adapter = requireFramework(name) as unknown as Adapter;
  const noAnswer = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), 100));
  const result = await Promise.race([adapter(name === 'serverless-http' ? app : { app })(event, contextOf()), noAnswer]);
  return result && received(result);
}

/** Runs in a separate process. */
export function askFastifyAdapter(events: readonly ApiEvent[]): Received[] {
  const output = execFileSync(process.execPath, [join(__dirname, 'fastify-app.cjs'), JSON.stringify(events)], { encoding: 'utf8' });
  return (JSON.parse(output) as Result[]).map(received);
}
