/**
 * One environment of Lambda's: a process with the runtime client in it, which is asked one event at a time.
 */
import { ChildProcess, spawn } from 'node:child_process';
import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { LambdaNode } from '../../lambda-node';
import { lambdaProcess } from '../../lambda-node/lambda.cjs';
import { answerNext, Delivered, listen } from '../../lambda-node/runtime-client';

export interface Invoked {
  /** Undefined where the environment ended without an answer. */
  readonly delivered: Delivered | undefined;
  /** What the function wrote since the invocation before. */
  readonly lines: string[];
}

/** Turns of the event loop in which output is read that was written before the process asked for its next event. */
const TURNS = 5;

export class Environment {
  public static async start(node: LambdaNode, asset: string, env: NodeJS.ProcessEnv): Promise<Environment> {
    const environment = new Environment();
    const port = await listen(environment.server);
    const { flags, client, env: lambdas } = lambdaProcess(asset, port);
    environment.run(spawn(node.path, [...flags, ...client], { cwd: asset, env: { ...lambdas, ...env } }));
    return environment;
  }

  private readonly server: Server = createServer((request, response) => this.serve(request, response));
  private process?: ChildProcess;
  private output = '';
  private errors = '';
  private count = 0;
  private delivered?: Delivered;
  /** The request for the next event, which waits for one. */
  private waiting?: ServerResponse;
  private ended = false;
  private wake: () => void = () => {};

  /** The id of the latest invocation. */
  public get requestId(): string {
    return `request-${this.count}`;
  }

  /** Settles when the process asks for the next event, or has ended. */
  public async invoke(event: unknown, remaining: number): Promise<Invoked> {
    await this.ready();
    this.delivered = undefined;
    const client = this.waiting!;
    this.waiting = undefined;
    answerNext(client, event, ++this.count, remaining);
    await this.ready();
    const lines = this.output.split('\n').slice(0, -1);
    this.output = '';
    return { delivered: this.delivered, lines };
  }

  public async close(): Promise<void> {
    if (!this.ended) await new Promise((resolve) => this.process!.once('close', resolve).kill('SIGKILL'));
    this.server.closeAllConnections();
    this.server.close();
  }

  private run(child: ChildProcess): void {
    this.process = child;
    child.stdout!.on('data', (text) => { this.output += text; });
    child.stderr!.on('data', (text) => { this.errors += text; });
    child.on('close', () => {
      this.ended = true;
      this.wake();
    });
  }

  private async ready(): Promise<void> {
    if (!this.waiting && !this.ended) await new Promise<void>((resolve) => { this.wake = resolve; });
    for (let turn = 0; turn < TURNS; turn++) await nextTurn();
    if (this.ended && !this.count) throw new Error(`the environment has ended before the first invocation: ${this.errors}`);
  }

  private serve(request: IncomingMessage, response: ServerResponse): void {
    if (request.url!.endsWith('/invocation/next')) {
      this.waiting = response;
      return this.wake();
    }
    const kind = request.url!.split('/').pop()!;
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', () => {}).on('end', () => {
      this.delivered = { kind, headers: request.headers, bytes: Buffer.concat(chunks), trailers: request.trailers };
      response.writeHead(202).end('{}');
    });
  }
}
