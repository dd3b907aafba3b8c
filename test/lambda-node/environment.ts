/**
 * An execution environment of the local Lambda for tests: with Lambda's native client if it could be built, complete responses, and all output.
 */
import { finished } from 'node:stream/promises';
import { LambdaNode } from '.';
import { lambdaCommand, RuntimeClient } from './lambda.cjs';
import { ExecutionEnvironment } from '../../lib/local/lambda/execution-environment';
import { InvocationResult } from '../../lib/local/lambda/invocation';
import { LocalFunction, RuntimeCommand } from '../../lib/local/lambda/local-function';

/** What the client delivered for an invocation. */
export interface Delivered {
  readonly kind: InvocationResult['kind'];
  /** The content type of a stream. */
  readonly contentType?: string;
  readonly bytes: Buffer;
  /** The reason if a stream is incomplete. */
  readonly broken?: Error;
}

export interface TestInvocation {
  readonly requestId: string;
  readonly event: unknown;
  /** The remaining time of the function, in milliseconds. */
  readonly remainingMs?: number;
  /** Whether the endpoint never reads the stream. */
  readonly unread?: boolean;
  /** Called with every chunk as it arrives. */
  onChunk?(chunk: Buffer): void;
}

export interface TestEnvironmentOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly client?: RuntimeClient;
  /** The function's timeout, in milliseconds. */
  readonly timeoutMs?: number;
}

export class TestEnvironment {
  public static start(
    { path: node }: LambdaNode, directory: string, { env: environment = {}, client, timeoutMs = 60_000 }: TestEnvironmentOptions = {},
  ): Promise<TestEnvironment> {
    const fn: LocalFunction = { name: 'api', directory, handler: 'index.handler', memoryMb: 1024, timeoutMs, environment, region: 'eu-central-1' };
    return TestEnvironment.run(fn, lambdaCommand(node, fn, client));
  }

  /** Starts the runtime of any language. */
  public static async run(fn: LocalFunction, command: RuntimeCommand): Promise<TestEnvironment> {
    const started = new TestEnvironment();
    started.lambda = await ExecutionEnvironment.start(fn, command, {
      listener: {
        idle: () => started.wake(),
        ended: () => started.wake(),
        answered: () => { started.hasAnswered = true; },
        output: (text, stream) => { started[stream] += text; },
      },
    });
    return started;
  }

  public stdout = '';
  public stderr = '';
  public lambda!: ExecutionEnvironment;
  private hasAnswered = false;
  private wake = () => {};

  /** Resolves when the process asks for the next event or has ended. Undefined if it has ended without a response. */
  public async invoke({ requestId, event, remainingMs, unread, onChunk }: TestInvocation): Promise<Delivered | undefined> {
    this.hasAnswered = false;
    const result = await this.lambda.invoke({ requestId, event: JSON.stringify(event), remainingMs });
    const delivered = unread ? undefined : await deliveredOf(result, onChunk);
    await this.ready();
    return delivered?.kind !== 'failed' || this.hasAnswered ? delivered : undefined;
  }

  /** Resolves when the process waits for an event or has ended. */
  public async ready(): Promise<void> {
    while (!this.lambda.isIdle && !this.lambda.hasEnded) await new Promise<void>((resolve) => { this.wake = resolve; });
    await this.lambda.outputRead();
  }
}

async function deliveredOf(result: InvocationResult, onChunk: TestInvocation['onChunk']): Promise<Delivered> {
  if (result.kind !== 'streamed') return { kind: result.kind, bytes: result.payload };
  const { kind, contentType, payload } = result;
  const chunks: Buffer[] = [];
  const read = (chunk: Buffer) => {
    chunks.push(chunk);
    onChunk?.(chunk);
  };
  const broken = await finished(payload.on('data', read)).then(() => undefined, (error: Error) => error);
  return { kind, contentType, bytes: Buffer.concat(chunks), broken };
}
