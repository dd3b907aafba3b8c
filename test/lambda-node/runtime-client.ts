/**
 * Runs an asset as Lambda does: in the real runtime client, against a local server that speaks the Runtime API.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
import { spawn } from 'node:child_process';
import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { LambdaNode } from '.';
import { lambdaProcess, RuntimeClient } from './lambda.cjs';

/** What the client delivered for one invocation. */
export interface Delivered {
  /** `response`, or `error` for what it takes for a failed invocation. */
  readonly kind: string;
  readonly headers: IncomingMessage['headers'];
  readonly bytes: Buffer;
  /** Told after the body, where a stream broke off. */
  readonly trailers: IncomingMessage['trailers'];
}

export interface ClientRun {
  /** By invocation, in order; undefined for one that got no answer. */
  readonly delivered: Array<Delivered | undefined>;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ClientOptions {
  /** What Lambda says is left for each invocation, in milliseconds. */
  readonly remaining?: number;
  readonly env?: NodeJS.ProcessEnv;
  readonly client?: RuntimeClient;
  /** Called with every chunk as it arrives. */
  onChunk?(chunk: Buffer, invocation: number): void;
}

export async function runInClient(node: LambdaNode, asset: string, events: readonly unknown[], options: ClientOptions = {}): Promise<ClientRun> {
  const delivered: ClientRun['delivered'] = events.map(() => undefined);
  let next = 0;
  let stop = () => {};
  const server = createServer((request, response) => {
    if (request.url?.endsWith('/invocation/next')) {
      if (next === events.length) return void setTimeout(stop, 50);
      return void answerNext(response, events[next], next++, options.remaining ?? 30_000);
    }
    const [, id, kind] = /\/invocation\/request-(\d+)\/(\w+)/.exec(request.url ?? '') ?? [];
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      options.onChunk?.(chunk, Number(id));
    });
    request.on('end', () => {
      if (id !== undefined) delivered[Number(id)] = { kind, headers: request.headers, bytes: Buffer.concat(chunks), trailers: request.trailers };
      response.writeHead(202).end('{}');
    });
    request.on('error', () => {});
  });
  const port = await listen(server);
  const { flags, client, env } = lambdaProcess(asset, port, undefined, options.client);
  const child = spawn(node.path, [...flags, ...client], { cwd: asset, env: { ...env, ...options.env } });
  stop = () => child.kill();
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (text) => { stdout += text; });
  child.stderr.on('data', (text) => { stderr += text; });
  await new Promise((resolve) => child.on('close', resolve));
  server.closeAllConnections();
  server.close();
  return { delivered, stdout, stderr };
}

export async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

export function answerNext(response: ServerResponse, event: unknown, index: number, remaining: number): void {
  response.writeHead(200, {
    'content-type': 'application/json',
    'lambda-runtime-aws-request-id': `request-${index}`,
    'lambda-runtime-deadline-ms': String(Date.now() + remaining),
    'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:eu-central-1:123456789012:function:api',
    'lambda-runtime-trace-id': 'Root=1-00000000-000000000000000000000000',
  }).end(JSON.stringify(event));
}
