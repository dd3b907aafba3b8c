import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { CpuLimit } from './cpu-limit';
import { ExecutionEnvironment } from './execution-environment';
import { InvocationResult } from './invocation';
import { LocalFunction, RuntimeCommand } from './local-function';

export interface LocalLambdaOptions {
  /** The maximum number of environments. Further invocations wait. */
  readonly concurrency?: number;
  /** Whether every invocation gets a new environment. */
  readonly cold?: boolean;
  readonly cpuLimit?: CpuLimit;
  /** How long INIT may take, in milliseconds. */
  readonly initLimitMs?: number;
  output?(text: string, stream: 'stdout' | 'stderr'): void;
}

/** An invocation, with details. */
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

/**
 * How long an invocation waits for a busy environment before another one is started, in milliseconds. Lambda starts one immediately. With the few
 * cores of one machine, waiting for a short invocation takes less time than INIT.
 */
const PATIENCE_MS = 20;

/** More environments at the same time would only make INIT slower. */
const STARTING_AT_ONCE = availableParallelism();

type Take = (environment: ExecutionEnvironment | Promise<ExecutionEnvironment>) => void;

/** Runs a function as Lambda does: an environment runs one invocation at a time, and concurrent invocations run in separate environments. */
export class LocalLambda {
  /** The environments of the current version of the function. */
  private readonly environments = new Set<Promise<ExecutionEnvironment>>();
  /** These environments, and older ones that still run an invocation. */
  private readonly alive = new Set<Promise<ExecutionEnvironment>>();
  /** The environments that are still in INIT. */
  private readonly starting = new Set<Promise<ExecutionEnvironment>>();
  private readonly sets = [this.environments, this.alive, this.starting];
  private readonly idle: ExecutionEnvironment[] = [];
  private readonly waiting: Take[] = [];
  private isClosed = false;

  constructor(private runnable: Runnable, private readonly options: LocalLambdaOptions = {}) {}

  /** @param event the event, as JSON */
  public async invoke(event: string, clientContext?: string): Promise<Invoked> {
    if (this.isClosed) throw new Error('the function has been closed');
    const requestId = randomUUID();
    const environment = await this.acquire();
    const isCold = environment.invocations === 0;
    const result = await environment.invoke({ requestId, event, clientContext });
    return { requestId, result, environment, ...isCold && { initMs: environment.initMs } };
  }

  /**
   * Runs another version of the function from now on. Running invocations finish with their own version.
   *
   * @returns when no environment runs an older version
   */
  public async replace(runnable: Runnable): Promise<void> {
    const older = [...this.alive];
    this.runnable = runnable;
    this.environments.clear();
    this.starting.clear();
    for (const environment of this.idle.splice(0)) void environment.end();
    this.scaleOut();
    await Promise.all(older.map((environment) => environment.then((one) => one.ended, () => {})));
  }

  /** Starts an environment ahead of the next invocation. Does nothing if there is one, or if each invocation gets a new one. */
  public warmUp(): void {
    if (this.environments.size === 0 && !this.options.cold && !this.isClosed) this.start();
  }

  /** Ends all processes. */
  public async close(): Promise<void> {
    this.isClosed = true;
    await Promise.all([...this.alive].map((environment) => environment.then((one) => one.end(), () => {})));
  }

  private acquire(): Promise<ExecutionEnvironment> {
    const idle = this.idle.pop();
    if (idle) return Promise.resolve(idle);
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      if (this.environments.size === 0) this.scaleOut();
      else this.scaleOutUnless(() => !this.waiting.includes(resolve));
    });
  }

  /** Starts environments for waiting invocations, unless existing environments become free in time. */
  private scaleOutUnless(isServed: () => boolean): void {
    if (this.options.cold) this.scaleOut();
    else setTimeout(() => { if (!isServed()) this.scaleOut(); }, PATIENCE_MS).unref();
  }

  /** Starts environments for waiting invocations, up to the maximum number. */
  private scaleOut(): void {
    const { concurrency = CONCURRENCY } = this.options;
    const most = this.isClosed ? 0 : Math.min(this.waiting.length, STARTING_AT_ONCE);
    while (this.starting.size < most && this.environments.size < concurrency) this.start();
  }

  private start(): void {
    const { fn, command } = this.runnable;
    const { cpuLimit, initLimitMs, output } = this.options;
    const started = ExecutionEnvironment.start(fn, command, {
      cpuLimit,
      initLimitMs,
      listener: {
        idle: (environment) => this.release(environment, started),
        ended: (environment) => this.forget(environment, started),
        output: (text, stream) => output?.(text, stream),
      },
    });
    for (const set of this.sets) set.add(started);
    started.catch(() => {
      for (const set of this.sets) set.delete(started);
      this.waiting.shift()?.(started);
    });
  }

  private release(environment: ExecutionEnvironment, started: Promise<ExecutionEnvironment>): void {
    if (this.starting.delete(started) && this.waiting.length > 1) this.scaleOutUnless(() => this.waiting.length === 0);
    const isUsed = environment.invocations > 0;
    if ((this.options.cold && isUsed) || !this.environments.has(started)) return void environment.end();
    this.serveNext(environment);
  }

  private serveNext(environment: ExecutionEnvironment): void {
    const next = this.waiting.shift();
    if (next) next(environment);
    else this.idle.push(environment);
  }

  /** An invocation receives the error of an environment whose INIT has failed. */
  private forget(environment: ExecutionEnvironment, started: Promise<ExecutionEnvironment>): void {
    this.alive.delete(started);
    this.environments.delete(started);
    const index = this.idle.indexOf(environment);
    if (index >= 0) this.idle.splice(index, 1);
    if (this.starting.delete(started)) this.waiting.shift()?.(environment);
    this.scaleOut();
  }
}
