/**
 * A small Lambda: one environment at a time serves one invocation after the other. Another environment is started when one has ended, one that has
 * nothing to do is frozen, and one that takes too long is ended.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
import { ChildProcess, spawn } from 'node:child_process';
import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { LambdaNode } from '.';
import { lambdaProcess, RuntimeClient } from './lambda.cjs';
import { answerNext, listen } from './runtime-client';

export interface Invocation {
  readonly event: unknown;
  /** For how long the environment is frozen before, in milliseconds. Without, the request waits already. */
  readonly later?: number;
  /** For how long the environment idles before without being frozen, in milliseconds: an extension still works. */
  readonly awake?: number;
  /** Whether the endpoint never reads what is streamed. */
  readonly unread?: boolean;
}

export interface Environments {
  /** What the caller of each gets: status and body, status and code, `error`, `broken off`, or `lost`. */
  readonly answers: string[];
  /** The signals and codes that environments ended with by themselves. */
  readonly ends: Array<string | number | null>;
  readonly stdout: string;
}

export interface EnvironmentsOptions {
  readonly node: LambdaNode;
  readonly client: RuntimeClient;
  /** The function's timeout, in milliseconds. */
  readonly timeout?: number;
}

/** From being thawed to the event, in milliseconds: time for the timers that are due. */
const THAW = 20;

export async function serveInEnvironments(asset: string, invocations: readonly Invocation[], { node, client, timeout = 10_000 }: EnvironmentsOptions): Promise<Environments> {
  const answers = invocations.map(() => 'lost');
  const ends: Environments['ends'] = [];
  let stdout = '';
  let next = 0;
  let environment: ChildProcess;
  let watchdog: NodeJS.Timeout | undefined;
  let finish = () => {};

  async function invoke(response: ServerResponse): Promise<void> {
    const { event, later, awake = 0 } = invocations[next];
    const asked = environment;
    await wait(awake);
    if (asked.exitCode !== null || asked.signalCode !== null) return;
    if (later !== undefined) {
      environment.kill('SIGSTOP');
      await wait(later);
      environment.kill('SIGCONT');
    }
    const index = next++;
    if (later !== undefined) await wait(THAW);
    watchdog = setTimeout(() => environment.kill('SIGKILL'), timeout);
    answerNext(response, event, index, timeout);
  }

  const server = createServer((request, response) => {
    const [, id, kind] = /\/invocation\/request-(\d+)\/(\w+)/.exec(request.url ?? '') ?? [];
    if (request.url?.endsWith('/next')) {
      clearTimeout(watchdog);
      return next < invocations.length ? void invoke(response) : finish();
    }
    if (invocations[Number(id)]?.unread) return;
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', () => { answers[Number(id)] = 'broken off'; }).on('end', () => {
      if (id !== undefined) answers[Number(id)] = describeAnswer(kind, request, Buffer.concat(chunks));
      response.writeHead(202).end('{}');
    });
  });
  const port = await listen(server);
  const { flags, client: script, env } = lambdaProcess(asset, port, undefined, client);

  const runEnvironment = () => new Promise<void>((resolve) => {
    const first = next;
    environment = spawn(node.path, [...flags, ...script], { cwd: asset, env });
    environment.stdout!.on('data', (text) => { stdout += text; });
    let served = false;
    finish = () => {
      served = true;
      environment.kill('SIGKILL');
    };
    environment.on('close', (code, signal) => {
      clearTimeout(watchdog);
      if (!served) ends.push(signal ?? code);
      // It has ended before it asked for the request that it was started for.
      if (!served && next === first) next++;
      resolve();
    });
  });
  while (next < invocations.length) await runEnvironment();
  server.closeAllConnections();
  server.close();
  return { answers, ends, stdout };
}

function describeAnswer(kind: string, { headers, trailers }: IncomingMessage, bytes: Buffer): string {
  if (kind === 'error') return 'error';
  if (trailers['lambda-runtime-function-error-type'] !== undefined) return 'broken off';
  const { statusCode, body } = headers['lambda-runtime-function-response-mode'] === 'streaming' ? splitStream(bytes) : JSON.parse(bytes.toString()) as Answer;
  return `${statusCode} ${statusCode === 200 ? body : (JSON.parse(body) as { code: string }).code}`;
}

interface Answer {
  readonly statusCode: number;
  readonly body: string;
}

/** A streamed answer is its head, eight zeros and its body. */
function splitStream(bytes: Buffer): Answer {
  const end = bytes.indexOf(Buffer.alloc(8));
  return { ...JSON.parse(bytes.subarray(0, end).toString()) as Answer, body: bytes.subarray(end + 8).toString() };
}
