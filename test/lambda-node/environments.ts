/**
 * Serves one invocation after the other, as Lambda does for a client that waits for each response. An environment that has ended is replaced,
 * and an idle one is frozen. A `LocalLambda` does not freeze environments, and does not report how they end.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
import { setTimeout as wait } from 'node:timers/promises';
import { LambdaNode } from '.';
import { Delivered, TestEnvironment } from './environment';
import { RuntimeClient } from './lambda.cjs';

export interface Invocation {
  readonly event: unknown;
  /** How long the environment is frozen before the invocation, in milliseconds. By default, the request is already waiting. */
  readonly later?: number;
  /** How long the environment is idle but not frozen before the invocation, in milliseconds, as while an extension works. */
  readonly awake?: number;
  /** Whether the endpoint never reads the stream. */
  readonly unread?: boolean;
}

export interface Environments {
  /** What each caller receives: status and body, status and code, `error`, `broken off`, or `lost`. */
  readonly answers: string[];
  /** The signals and exit codes of environments that ended by themselves. */
  readonly ends: Array<string | number | undefined>;
  readonly stdout: string;
}

export interface EnvironmentsOptions {
  readonly node: LambdaNode;
  readonly client: RuntimeClient;
  /** The function's timeout, in milliseconds. */
  readonly timeout?: number;
}

/** The time between thawing and the event, in milliseconds, for timers that are due. */
const THAW = 20;

export async function serveInEnvironments(asset: string, invocations: readonly Invocation[], { node, client, timeout }: EnvironmentsOptions): Promise<Environments> {
  const answers: string[] = [];
  const all: TestEnvironment[] = [];
  for (const [index, { event, later, awake = 0, unread }] of invocations.entries()) {
    await wait(awake);
    const latest = all.at(-1);
    const environment = latest && !latest.lambda.hasEnded ? latest : await TestEnvironment.start(node, asset, { client, timeoutMs: timeout });
    if (environment !== latest) all.push(environment);
    await environment.ready();
    if (later !== undefined) await freeze(environment, later);
    const lost = () => undefined;
    answers.push(describeAnswer(await environment.invoke({ requestId: `request-${index}`, event, unread }).catch(lost)));
  }
  const ends = all.filter(({ lambda }) => lambda.hasEnded).map(({ lambda }) => lambda.exit);
  await all.at(-1)?.lambda.end();
  return { answers, ends, stdout: all.map(({ stdout }) => stdout).join('') };
}

async function freeze({ lambda }: TestEnvironment, ms: number): Promise<void> {
  lambda.freeze();
  await wait(ms);
  lambda.thaw();
  await wait(THAW);
}

function describeAnswer(delivered: Delivered | undefined): string {
  if (!delivered) return 'lost';
  const { kind, bytes, broken } = delivered;
  if (kind === 'failed') return 'error';
  if (broken) return 'broken off';
  const { statusCode, body } = kind === 'streamed' ? splitStream(bytes) : JSON.parse(bytes.toString()) as Answer;
  return `${statusCode} ${statusCode === 200 ? body : (JSON.parse(body) as { code: string }).code}`;
}

interface Answer {
  readonly statusCode: number;
  readonly body: string;
}

/** A streamed response consists of its head, eight zeros, and its body. */
function splitStream(bytes: Buffer): Answer {
  const end = bytes.indexOf(Buffer.alloc(8));
  return { ...JSON.parse(bytes.subarray(0, end).toString()) as Answer, body: bytes.subarray(end + 8).toString() };
}
