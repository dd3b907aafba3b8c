import { randomUUID } from 'node:crypto';
import { CpuLimit, ExecutionEnvironment } from './execution-environment';
import { InvocationResult } from './invocation';
import { LocalFunction, RuntimeCommand } from './local-function';

export interface LocalLambdaOptions {
  /** How many environments there are at most. Further invocations wait. */
  readonly concurrency?: number;
  /** Whether every invocation gets a new environment. */
  readonly cold?: boolean;
  readonly cpuLimit?: CpuLimit;
  /** How long INIT may take, in milliseconds. */
  readonly initLimitMs?: number;
  output?(text: string, stream: 'stdout' | 'stderr'): void;
}

/** An invocation, and what it was like. */
export interface Invoked {
  readonly requestId: string;
  readonly result: InvocationResult;
  /** How long INIT of its environment took, in milliseconds. Undefined for a warm start. */
  readonly initMs?: number;
  readonly environment: ExecutionEnvironment;
}

/** A function in its language's runtime. */
export interface Runnable {
  readonly fn: LocalFunction;
  readonly command: RuntimeCommand;
}

const CONCURRENCY = 10;

type Take = (environment: Promise<ExecutionEnvironment>) => void;

/** Runs a function as Lambda does: an environment has one invocation at a time, and invocations at the same time get environments of their own. */
export class LocalLambda {
  /** Those of the function as it is now. */
  private readonly environments = new Set<Promise<ExecutionEnvironment>>();
  /** Those, and older ones that still run an invocation. */
  private readonly alive = new Set<Promise<ExecutionEnvironment>>();
  private readonly idle: ExecutionEnvironment[] = [];
  private readonly waiting: Take[] = [];

  constructor(private runnable: Runnable, private readonly options: LocalLambdaOptions = {}) {}

  /** @param event the event, as JSON */
  public async invoke(event: string, clientContext?: string): Promise<Invoked> {
    const requestId = randomUUID();
    const environment = await this.acquire();
    const isCold = environment.invocations === 0;
    const result = await environment.invoke({ requestId, event, clientContext });
    return { requestId, result, environment, ...isCold && { initMs: environment.initMs } };
  }

  /** Runs another version of the function from now on. Invocations that run already end with the version that they have. */
  public replace(runnable: Runnable): void {
    this.runnable = runnable;
    this.environments.clear();
    for (const environment of this.idle.splice(0)) void environment.end();
  }

  /** Ends all processes. */
  public async close(): Promise<void> {
    await Promise.all([...this.alive].map(async (environment) => (await environment).end()));
  }

  private acquire(): Promise<ExecutionEnvironment> {
    const idle = this.idle.pop();
    if (idle) return Promise.resolve(idle);
    if (this.environments.size < (this.options.concurrency ?? CONCURRENCY)) return this.start();
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private start(): Promise<ExecutionEnvironment> {
    const { fn, command } = this.runnable;
    const { cpuLimit, initLimitMs, output } = this.options;
    const started = ExecutionEnvironment.start(fn, command, {
      cpuLimit,
      initLimitMs,
      listener: {
        idle: (environment) => { if (environment.invocations > 0) this.release(environment, started); },
        ended: (environment) => this.forget(environment, started),
        output: (text, stream) => output?.(text, stream),
      },
    });
    this.environments.add(started);
    this.alive.add(started);
    return started;
  }

  private release(environment: ExecutionEnvironment, started: Promise<ExecutionEnvironment>): void {
    if (this.options.cold || !this.environments.has(started)) return void environment.end();
    const next = this.waiting.shift();
    if (next) next(started);
    else this.idle.push(environment);
  }

  private forget(environment: ExecutionEnvironment, started: Promise<ExecutionEnvironment>): void {
    this.alive.delete(started);
    const index = this.idle.indexOf(environment);
    if (index >= 0) this.idle.splice(index, 1);
    if (!this.environments.delete(started)) return;
    const next = this.waiting.shift();
    if (next) next(this.start());
  }
}
