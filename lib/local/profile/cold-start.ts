import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { median } from './statistics';
import { LOAD_FAILURE_CODES } from '../../contract/error-codes';
import type { ErrorLine } from '../../contract/log-lines';
import type { HttpRequest } from '../../gateway/http-message';
import { respond } from '../endpoint/gateway';
import type { LocalEndpoint } from '../endpoint/local-endpoint';
import type { CpuLimit } from '../lambda/cpu-limit';
import { ExecutionEnvironment } from '../lambda/execution-environment';
import type { Runnable } from '../lambda/local-lambda';
import { readFunctionLine } from '../server/request-line';

/** The measurements of one new environment. Times are in milliseconds. */
export interface ColdStart {
  readonly initMs: number;
  /** How long the first request waited for its router to load. Undefined if the function's log does not contain it. */
  readonly loadMs?: number;
  /** The first request, including loading. */
  readonly firstMs: number;
  /** The median of further requests. */
  readonly warmMs: number;
  /** The peak memory of the process, in MB. Undefined if the system does not provide it. */
  readonly peakMemoryMb?: number;
  readonly status: number;
}

export interface FailedStart {
  readonly error: string;
}

export interface ColdStartOptions {
  readonly endpoint: LocalEndpoint;
  readonly cpuLimit?: CpuLimit;
}

/** The number of requests after the first one. */
const WARM_REQUESTS = 5;

/** `respond` reads what the client accepts. */
const ANY_REQUEST: HttpRequest = { method: 'GET', target: '/', headers: [], sourceIp: '127.0.0.1' };

/** Starts an environment, and sends it one event several times. Any status counts as a response, unless the router failed to load. */
export async function measureColdStart({ fn, command }: Runnable, event: string, options: ColdStartOptions): Promise<ColdStart | FailedStart> {
  let output = '';
  const listener = { output: (text: string) => { output += text; } };
  const environment = await ExecutionEnvironment.start(fn, command, { cpuLimit: options.cpuLimit, listener });
  try {
    const send = () => timed(environment, event, options.endpoint);
    const first = await send();
    if ('error' in first) return { error: `${first.error}${lastWords(output)}` };
    const line = readFunctionLine(await environment.linesOf(first.requestId));
    const failure = first.status >= 500 ? loadFailure(output) : undefined;
    if (failure !== undefined) return { error: failure };
    const warm: number[] = [];
    for (let i = 0; i < WARM_REQUESTS; i++) {
      const next = await send();
      if ('error' in next) return next;
      warm.push(next.ms);
    }
    const { peakMemoryMb } = environment;
    const loadMs = line && (line.routerLoadMs ?? 0);
    return { initMs: environment.initMs!, loadMs, firstMs: first.ms, warmMs: median(warm), peakMemoryMb, status: first.status };
  } finally {
    await environment.end();
  }
}

interface Timed {
  readonly requestId: string;
  readonly ms: number;
  readonly status: number;
}

/** Reads a streamed response to its end. */
async function timed(environment: ExecutionEnvironment, event: string, endpoint: LocalEndpoint): Promise<Timed | FailedStart> {
  await environment.initialized;
  const requestId = randomUUID();
  const from = performance.now();
  const result = await environment.invoke({ requestId, event });
  if (result.kind === 'failed') return { error: `${result.errorType}: ${result.errorMessage}` };
  const { status, body } = await respond(endpoint, result, ANY_REQUEST);
  if (!(body instanceof Uint8Array)) await drain(body);
  const ms = performance.now() - from;
  while (!environment.isIdle && !environment.hasEnded) await wait(1);
  return { requestId, ms, status };
}

/** An incomplete response is also a response. */
async function drain(body: AsyncIterable<unknown>): Promise<void> {
  try {
    for await (const _ of body) { /* read */ }
  } catch {
    // The log contains the reason.
  }
}

/** What the function logged about a router that failed to load. */
function loadFailure(output: string): string | undefined {
  const lines = output.split('\n');
  const code = LOAD_FAILURE_CODES.find((one) => output.includes(one));
  return code && `${code}: ${describeLine(lines.find((line) => line.includes(code))!)}`;
}

function describeLine(line: string): string {
  try {
    const { message, error } = JSON.parse(line) as Partial<ErrorLine>;
    return [message, error?.message].filter((text) => text !== undefined).join(': ');
  } catch {
    return line;
  }
}

function lastWords(output: string): string {
  const said = output.trim().slice(-2000);
  return said === '' ? '' : `\n${said}`;
}
