import { spawn } from 'node:child_process';
import { createServer, IncomingMessage, Server } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { lambdaNodes } from '../../lambda-node';
import { listen } from '../../lambda-node/runtime-client';

const CLIENT = pathToFileURL(join(__dirname, '../../../lib/runtime/index.mjs')).href;

/** A value that must appear only in what the client returns. */
export const HUNTER2 = 'hunter2';

/** The result of a call: its value or its error. */
export type Outcome = { readonly value: unknown } | { readonly code: string; readonly message: string };

export interface ClientRun {
  readonly outcomes: Outcome[];
  readonly logs: Array<{ readonly level: string; readonly code: string; readonly message: string }>;
  /** All output, without the values that calls returned. */
  readonly written: string;
}

/** Runs calls of the built client in a new process: expressions that are evaluated one after the other. */
export async function runClient(calls: readonly string[], env: NodeJS.ProcessEnv): Promise<ClientRun> {
  const script = `
    const { getParameter, getSecret, getSecretBinary, getSecretString } = await import(${JSON.stringify(CLIENT)});
    const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    const text = (value) => (value instanceof Uint8Array ? Buffer.from(value).toString() : value);
    for (const call of [${calls.map((call) => `async () => ${call}`).join(', ')}]) {
      const outcome = await call().then((value) => ({ value: text(value) }), ({ code, message, stack, fields }) => ({ code, message, stack, cause: String(fields?.cause?.stack) }));
      process.stderr.write(JSON.stringify(outcome) + '\\n');
    }
    process.exit(0);`;
  const [node] = lambdaNodes.slice(-1);
  const child = spawn(node.path, ['--input-type=module', '-e', script], { env: { ...env, PATH: process.env.PATH } });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (text) => { stdout += text; });
  child.stderr.on('data', (text) => { stderr += text; });
  await new Promise((resolve) => child.on('close', resolve));
  const lines = stderr.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Outcome);
  return {
    outcomes: lines.map((outcome) => ('value' in outcome ? outcome : { code: outcome.code, message: outcome.message })),
    logs: stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line) as ClientRun['logs'][number]),
    written: stdout + lines.filter((outcome) => !('value' in outcome)).map((outcome) => JSON.stringify(outcome)).join('\n'),
  };
}

export interface Asked {
  readonly url: string;
  readonly token: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** The number of open requests when this one arrived, including it. */
  readonly open: number;
}

export interface Answer {
  readonly status?: number;
  readonly body?: unknown;
  /** A delay in milliseconds. */
  readonly after?: number;
  /** Never responds. */
  readonly hangs?: boolean;
}

export interface LocalServer {
  readonly port: number;
  readonly asked: Asked[];
  close(): void;
}

/** A server with a response for each request. It records the requests. */
export async function serve(answer: (asked: Asked, index: number) => Answer): Promise<LocalServer> {
  const asked: Asked[] = [];
  let open = 0;
  const server: Server = createServer((request, response) => {
    open++;
    const now = open;
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one: Asked = { url: request.url!, token: request.headers['x-aws-parameters-secrets-token'] as string | undefined, headers: request.headers, body: Buffer.concat(chunks).toString(), open: now };
      asked.push(one);
      const { status = 200, body = '', after = 0, hangs = false } = answer(one, asked.length - 1);
      if (hangs) return;
      setTimeout(() => {
        open--;
        response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
      }, after);
    });
    request.on('error', () => {});
  });
  const port = await listen(server);
  return {
    port,
    asked,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
