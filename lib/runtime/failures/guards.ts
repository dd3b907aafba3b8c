/**
 * Handles failures that no `await` sees. Lambda's runtime client would report them and end the process, and no response would identify the request.
 * The runtime handles them instead.
 */
import { CodedError } from './coded-error';
import { logFailure } from './log-failure';
import { Flights } from '../flights';
import { log, LogFields } from '../log';
import type { Recovery } from '../recovery/recovery';

export interface Guards {
  /**
   * Called before any router code runs, when the only listeners are those of the runtime client. After INIT, an uncaught exception ends the
   * environment. INIT must survive it, because the other routers may still load.
   */
  guardInit(init: () => Promise<void>): Promise<void>;
  /** Whether the environment is about to end. A response waits for the promise, so that the environment ends right after it. */
  ending(): Promise<unknown> | undefined;
}

export type LoadEnd = () => Promise<Pick<Recovery, 'endBeforeNext'>>;

/** How long after an uncaught exception the environment ends, regardless of the runtime client, in milliseconds. */
const PATIENCE = 1_000;

/** On managed instances, the environment also serves requests of other threads, which would be lost with it. */
const shared = process.env.AWS_LAMBDA_MAX_CONCURRENCY;

export function createGuards(flights: Flights, loadEnd: LoadEnd): Guards {
  let initialising = true;
  let ending: Promise<unknown> | undefined;

  function onException(cause: unknown): void {
    const failure = new CodedError('UNCAUGHT_EXCEPTION', 'thrown outside of any promise', { cause });
    if (!flights.size) logFailure(failure);
    for (const flight of flights) flight.fail(failure);
    if (initialising || ending || shared) return;
    const end = loadEnd().then(({ endBeforeNext }) => endBeforeNext(flights), () => {});
    // With no request in flight, the next one may already be on its way. It is served before the environment ends.
    if (!flights.size) return;
    ending = end;
    setTimeout(kill, PATIENCE);
  }

  return {
    async guardInit(init) {
      replaceListeners('unhandledRejection', (cause) => onRejection(flights, cause));
      replaceListeners('uncaughtException', onException);
      process.on('exit', (exitCode) => onExit(exitCode, initialising ? [{}] : [...flights]));
      await init();
      initialising = false;
    },
    ending: () => ending,
  };
}

function replaceListeners(event: string, listener: (cause: unknown) => void): void {
  process.removeAllListeners(event).on(event, listener);
}

/** With several requests in flight, it is unknown which of them the promise belongs to. */
function onRejection(flights: Flights, cause: unknown): void {
  const failure = new CodedError('UNHANDLED_REJECTION', 'a promise was rejected unheard', { cause });
  const [flight] = flights;
  if (flights.size === 1) flight.fail(failure);
  else logFailure(failure);
}

/**
 * When a process exits, it waits for the thread of the runtime client. With no request in flight, that thread waits for the next invocation, which
 * would then be lost. A signal does not wait. Outside of Lambda, a script may end at any time, and on managed instances, only a thread ends.
 */
function onExit(exitCode: number, ended: readonly LogFields[]): void {
  const idle = !ended[0] && process.env.AWS_LAMBDA_RUNTIME_API && !shared;
  // Exit code 0 is how a listener for SIGTERM ends an environment that Lambda shuts down.
  for (const fields of idle && exitCode ? [{}] : ended) {
    // The stack shows which file called `process.exit`.
    log('ERROR', 'PROCESS_EXIT', `the process ended with code ${exitCode}`, { ...fields, cause: new Error('exit') });
  }
  if (idle) kill();
}

function kill(): void {
  process.kill(process.pid, 'SIGKILL');
}
