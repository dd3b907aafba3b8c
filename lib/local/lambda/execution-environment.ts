import { ChildProcess, spawn } from 'node:child_process';
import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CpuLimit } from './cpu-limit';
import { cpuTimeMs } from './cpu-time';
import { exited, failed, failedWith, Invocation, InvocationResult, returned } from './invocation';
import { lambdaVariables, LocalFunction, RuntimeCommand } from './local-function';
import { peakMemoryMb } from './memory';
import { RuntimeApi } from './runtime-api';
import { brokenOff, read } from './runtime-messages';

/** The events of an execution environment. */
export interface EnvironmentListener {
  /** The environment is ready for an invocation. */
  idle?(environment: ExecutionEnvironment): void;
  /** The runtime receives an invocation now. */
  asked?(environment: ExecutionEnvironment): void;
  /** The function has responded completely. The environment becomes idle, or ends, later. */
  answered?(environment: ExecutionEnvironment): void;
  ended?(environment: ExecutionEnvironment): void;
  /** What the function writes to stdout or stderr. */
  output?(text: string, stream: 'stdout' | 'stderr'): void;
}

export interface EnvironmentOptions {
  readonly listener?: EnvironmentListener;
  /** Limits the CPU from the first invocation on. INIT runs with the full CPU. */
  readonly cpuLimit?: CpuLimit;
  /** How long INIT may take, in milliseconds. */
  readonly initLimitMs?: number;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html */
const INIT_LIMIT_MS = 10_000;

/** How often the memory of the process is checked, in milliseconds. */
const MEMORY_CHECK_MS = 100;

/** The number of turns of the event loop in which output is read that was written before the process asked for its next invocation. */
const TURNS = 5;

/** How many characters of the latest output are kept. */
const TAIL_CHARACTERS = 16_384;

type State = 'init' | 'idle' | 'busy' | 'ended';

/** An invocation that has no result yet. */
interface Pending {
  readonly requestId: string;
  readonly settle: (result: InvocationResult) => void;
  /** The response of the function, until the environment is ready for the next invocation. */
  answer?: InvocationResult;
  /** The response, while it is streamed. */
  stream?: PassThrough;
}

/**
 * An execution environment: one process of the runtime with the function in it, which runs one invocation at a time.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
export class ExecutionEnvironment {
  /** Starts the process. INIT continues after the promise is fulfilled. */
  public static async start(fn: LocalFunction, command: RuntimeCommand, options: EnvironmentOptions = {}): Promise<ExecutionEnvironment> {
    const environment = new ExecutionEnvironment(fn, options);
    const api = await RuntimeApi.listen({
      waits: () => environment.becomeIdle(),
      answers: (kind, message) => environment.take(kind, message),
      initFails: (message) => environment.failInit(message),
    });
    environment.run(api, command);
    return environment;
  }

  /** Fulfilled when INIT ends: undefined, or the failure. */
  public readonly initialized: Promise<InvocationResult | undefined>;
  /** Fulfilled when the process has ended. */
  public readonly ended: Promise<void>;
  /** How long INIT took, in milliseconds. */
  public initMs?: number;
  /** The number of invocations so far. */
  public invocations = 0;
  /** How the process has ended: with this code, or by this signal. */
  public exit?: number | NodeJS.Signals;
  private state: State = 'init';
  private api!: RuntimeApi;
  private child!: ChildProcess;
  private endInit!: (failure?: InvocationResult) => void;
  private close!: () => void;
  private pending?: Pending;
  /** Ends an invocation that takes too long. It runs from the event until the process asks for the next invocation. */
  private timer?: NodeJS.Timeout;
  private endedBy?: InvocationResult;
  private peak?: number;
  private leaveCpuLimit?: () => void;
  private started = 0;
  private tail = '';

  private constructor(private readonly fn: LocalFunction, private readonly options: EnvironmentOptions) {
    this.initialized = new Promise((resolve) => {
      this.endInit = (failure) => {
        this.initMs ??= performance.now() - this.started;
        resolve(failure);
      };
    });
    this.ended = new Promise((resolve) => { this.close = resolve; });
  }

  public get isIdle(): boolean {
    return this.state === 'idle';
  }

  public get hasEnded(): boolean {
    return this.state === 'ended';
  }

  public get pid(): number | undefined {
    return this.child.pid;
  }

  /** The peak memory of the process, in megabytes. Undefined if the system does not provide it. */
  public get peakMemoryMb(): number | undefined {
    return this.peak = peakMemoryMb(this.child.pid) ?? this.peak;
  }

  /** The CPU time of the process since its start, in milliseconds. Undefined if the system does not provide it, and after the process has ended. */
  public get cpuTimeMs(): number | undefined {
    return cpuTimeMs(this.child.pid);
  }

  /**
   * Runs the function once. A failure is also a result. Afterwards, the environment is idle or has ended. If the result is streamed, the environment
   * is busy until the stream ends.
   */
  public async invoke(invocation: Invocation): Promise<InvocationResult> {
    const failure = await this.initialized;
    if (failure) return failure;
    if (this.state !== 'idle') throw new Error(`the execution environment is ${this.state}`);
    if (this.invocations++ === 0) this.leaveCpuLimit = this.options.cpuLimit?.enter(this.child.pid!);
    this.state = 'busy';
    const { timeoutMs, name, region } = this.fn;
    this.options.listener?.asked?.(this);
    return new Promise((settle) => {
      const { requestId, remainingMs = timeoutMs } = invocation;
      this.timer = setTimeout(() => this.timeOut(requestId), timeoutMs);
      this.pending = { requestId, settle };
      this.api.send(invocation, Date.now() + remainingMs, `arn:aws:lambda:${region}:123456789012:function:${name}`);
    });
  }

  /** The latest lines that the function has written about an invocation: those with its request ID. */
  public async linesOf(requestId: string): Promise<readonly string[]> {
    await this.outputRead();
    return this.tail.split('\n').filter((line) => line.includes(requestId));
  }

  /** Fulfilled when everything is read that the process wrote before it became idle. */
  public async outputRead(): Promise<void> {
    for (let turn = 0; turn < TURNS; turn++) await nextTurn();
  }

  /** Stops the process, as Lambda does between invocations. */
  public freeze(): void {
    this.child.kill('SIGSTOP');
  }

  /** Resumes a frozen process. */
  public thaw(): void {
    this.child.kill('SIGCONT');
  }

  /** Ends the process. Fulfilled when it has ended. */
  public async end(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  private run(api: RuntimeApi, { command, args, environment }: RuntimeCommand): void {
    const { fn, options: { listener, initLimitMs = INIT_LIMIT_MS } } = this;
    this.started = performance.now();
    this.api = api;
    this.child = spawn(command, args, {
      cwd: fn.directory,
      env: { ...lambdaVariables(fn, api.address), ...environment, ...fn.environment },
      // The last pipe closes when this process ends, regardless of how it ends.
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    });
    this.child.stdio[3]!.on('error', () => {});
    const limit = setTimeout(() => this.kill(failed('Sandbox.Timedout', `INIT took longer than ${initLimitMs / 1000} seconds`)), initLimitMs);
    void this.initialized.then(() => clearTimeout(limit));
    for (const stream of ['stdout', 'stderr'] as const) {
      this.child[stream]!.setEncoding('utf8').on('data', (text: string) => {
        this.tail = (this.tail + text).slice(-TAIL_CHARACTERS);
        listener?.output?.(text, stream);
      });
    }
    const memory = setInterval(() => this.checkMemory(), MEMORY_CHECK_MS).unref();
    void this.ended.then(() => clearInterval(memory));
    this.child.on('error', (error) => this.becomeEnded(failed('Runtime.InvalidEntrypoint', error.message)));
    this.child.on('close', (code, signal) => {
      this.exit = signal ?? code ?? undefined;
      this.becomeEnded(this.endedBy ?? exited(code, signal));
    });
  }

  private becomeIdle(): void {
    this.state = 'idle';
    clearTimeout(this.timer);
    this.endInit();
    if (this.pending?.answer) this.finish(this.pending.answer);
    this.options.listener?.idle?.(this);
  }

  private becomeEnded(reason: InvocationResult): void {
    if (this.state === 'ended') return;
    this.state = 'ended';
    clearTimeout(this.timer);
    this.api.close();
    this.leaveCpuLimit?.();
    this.endInit(reason);
    this.finish(this.pending?.answer ?? reason);
    this.close();
    this.options.listener?.ended?.(this);
  }

  /** The runtime reports the failure and then ends its process. */
  private failInit(message: IncomingMessage): void {
    read(message, (payload) => { this.endedBy ??= failedWith(payload); });
  }

  private kill(reason: InvocationResult): void {
    this.endedBy = reason;
    this.child.kill('SIGKILL');
  }

  /** Like Lambda, it uses the peak memory of the process. */
  private checkMemory(): void {
    if (this.state === 'idle' || (this.peakMemoryMb ?? 0) <= this.fn.memoryMb) return;
    this.kill(failed('Runtime.OutOfMemory', `RequestId: ${this.pending?.requestId} Error: Runtime exited with error: signal: killed`));
  }

  private timeOut(requestId: string): void {
    const seconds = (this.fn.timeoutMs / 1000).toFixed(2);
    this.kill(failed('Sandbox.Timedout', `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds`));
  }

  private take(kind: 'response' | 'error', message: IncomingMessage): void {
    const isStream = message.headers['lambda-runtime-function-response-mode'] === 'streaming';
    if (isStream && kind === 'response') return this.takeStream(message);
    const pending = this.pending!;
    read(message, (payload) => {
      this.options.listener?.answered?.(this);
      pending.answer = kind === 'error' ? failedWith(payload) : returned(payload);
    });
  }

  private takeStream(message: IncomingMessage): void {
    const payload = new PassThrough();
    const pending = this.pending!;
    pending.stream = payload;
    // The stream may fail after its caller has gone away and no longer reads it.
    payload.on('error', () => {});
    // The function continues if the caller goes away.
    payload.on('close', () => message.resume());
    message.on('data', (chunk: Buffer) => { if (!payload.destroyed && !payload.write(chunk)) pauseUntilDrained(message, payload); });
    message.on('end', () => {
      this.options.listener?.answered?.(this);
      this.pending = undefined;
      const failure = brokenOff(message);
      if (failure) payload.destroy(failure);
      else payload.end();
    });
    pending.settle({ kind: 'streamed', contentType: message.headers['content-type'] ?? 'application/octet-stream', payload });
  }

  private finish(result: InvocationResult): void {
    const { pending } = this;
    if (!pending) return;
    this.pending = undefined;
    if (pending.stream && result.kind === 'failed') pending.stream.destroy(new Error(result.errorMessage));
    pending.settle(result);
  }
}

function pauseUntilDrained(message: IncomingMessage, payload: PassThrough): void {
  message.pause();
  payload.once('drain', () => message.resume());
}
