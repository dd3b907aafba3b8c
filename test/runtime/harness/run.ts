/**
 * Runs an asset in a separate process, with one of Lambda's Node.js versions, and returns what it observed.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { lambdaNodes } from '../../lambda-node';
import { http2 } from '../events';
import { LogLine } from '../support';
import { Part } from './asset';

export { lambdaNodes };

export interface Invocation {
  /** The prefix of the router. The event has its route. */
  readonly ask: string;
  /** The remaining time of the function, in milliseconds. */
  readonly remaining?: number;
  /** How much time passes before the invocation on the process's clock, in milliseconds. */
  readonly advance?: number;
  /** How long to wait before the invocation, in milliseconds. */
  readonly pause?: number;
}

export interface RunOptions {
  readonly env?: Record<string, string>;
  /** The address of a Runtime API that receives results over node:http. */
  readonly api?: string;
}

export interface Outcome {
  readonly exitCode: number | null;
  /** The signal that ended the process, or null if it ended by itself. */
  readonly signal: string | null;
  readonly results: Array<{ readonly id: string; readonly statusCode: number; readonly body?: string }>;
  /** Status and body, or status and code, of each result in order. */
  readonly answers: string[];
  readonly logs: LogLine[];
  /** How often each chunk was evaluated. */
  readonly evaluations: Record<string, number>;
  /** The parts of the runtime that were loaded in INIT, and in total. */
  readonly initialParts?: Part[];
  readonly parts: Part[];
  /** What the listeners of the runtime client received. */
  readonly client: string[];
  /** How long INIT took, in milliseconds. */
  readonly initialised?: number;
  readonly stderr: string;
}

interface Line extends LogLine {
  readonly result?: Outcome['results'][number];
  readonly evaluations?: Record<string, number>;
  readonly client?: string;
  readonly initialised?: number;
  readonly initialParts?: Part[];
  readonly parts?: Part[];
}

/** Each step is one invocation, or several at the same time. */
export async function run(
  node: string, dir: string, steps: ReadonlyArray<Invocation | readonly Invocation[]>, { env, api }: RunOptions = {},
): Promise<Outcome> {
  const script = { index: join(dir, 'index.mjs'), steps: steps.map((step) => [step].flat().map(toScript)), api };
  const child = spawn(node, [join(__dirname, 'invoke.mjs'), JSON.stringify(script)], {
    env: { AWS_LAMBDA_FUNCTION_NAME: 'api', AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand', ...env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (text) => { stdout += text; });
  child.stderr.on('data', (text) => { stderr += text; });
  const end = await new Promise<Pick<Outcome, 'exitCode' | 'signal'>>((resolve) => child.on('close', (exitCode, signal) => resolve({ exitCode, signal })));
  return { ...toOutcome(stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Line)), ...end, stderr };
}

function toScript({ ask, ...rest }: Invocation) {
  return { event: http2({ path: ask, resource: ask }), ...rest };
}

function toOutcome(lines: readonly Line[]): Omit<Outcome, 'exitCode' | 'signal' | 'stderr'> {
  const results = lines.flatMap(({ result }) => result ?? []);
  return {
    results,
    answers: results.map(({ statusCode, body }) => `${statusCode} ${statusCode === 200 ? body : (JSON.parse(body ?? '{}') as { code?: string }).code}`),
    logs: lines.filter(({ code }) => code !== undefined),
    evaluations: Object.assign({}, ...lines.map(({ evaluations }) => evaluations ?? {})) as Record<string, number>,
    initialParts: lines.find(({ initialParts }) => initialParts !== undefined)?.initialParts,
    parts: lines.flatMap(({ parts }) => (parts ? [parts] : [])).pop() ?? [],
    client: lines.flatMap(({ client }) => client ?? []),
    initialised: lines.find(({ initialised }) => initialised !== undefined)?.initialised,
  };
}
