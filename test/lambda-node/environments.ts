/**
 * Serves one invocation after the other, as Lambda does for a client that waits for each answer: another environment is started when one has ended,
 * and one that has nothing to do is frozen. A `LocalLambda` does not freeze, and does not tell how environments end.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
import { setTimeout as wait } from 'node:timers/promises';
import { LambdaNode } from '.';
import { Delivered, TestEnvironment } from './environment';
import { RuntimeClient } from './lambda.cjs';

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
  readonly ends: Array<string | number | undefined>;
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

/** A streamed answer is its head, eight zeros and its body. */
function splitStream(bytes: Buffer): Answer {
  const end = bytes.indexOf(Buffer.alloc(8));
  return { ...JSON.parse(bytes.subarray(0, end).toString()) as Answer, body: bytes.subarray(end + 8).toString() };
}
