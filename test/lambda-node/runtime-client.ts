/** Runs an asset as Lambda does: in the real runtime client, with one event after the other. */
import { Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { LambdaNode } from '.';
import { Delivered, TestEnvironment } from './environment';

export interface ClientRun {
  /** By invocation, in order. Undefined if an invocation got no response. */
  readonly delivered: Array<Delivered | undefined>;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ClientOptions {
  /** The remaining time of each invocation, in milliseconds. */
  readonly remaining?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Called with every chunk as it arrives. */
  onChunk?(chunk: Buffer): void;
}

export async function runInClient(node: LambdaNode, asset: string, events: readonly unknown[], options: ClientOptions = {}): Promise<ClientRun> {
  const { remaining: remainingMs = 30_000, env, onChunk } = options;
  const environment = await TestEnvironment.start(node, asset, { env });
  const delivered: ClientRun['delivered'] = events.map(() => undefined);
  for (const [index, event] of events.entries()) {
    if (environment.lambda.hasEnded) break;
    delivered[index] = await environment.invoke({ requestId: `request-${index}`, event, remainingMs, onChunk });
  }
  await environment.lambda.end();
  const { stdout, stderr } = environment;
  return { delivered, stdout, stderr };
}

export async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
