/**
 * Failures that no `await` sees. Lambda's runtime client would report them and end the process, and the caller would
 * get no answer that says which request it was; so the runtime takes its place.
 */
import { logFailure } from '../answers/result';
import { CodedError } from './coded-error';
import { Flights } from '../flights';
import { log, LogFields } from '../log';
import type { Recovery } from '../recovery/recovery';

export interface Guards {
  /**
   * Called before any router code runs: the listeners that are there then are the runtime client's. When INIT is done an
   * uncaught exception ends the environment. INIT must outlive it, for the other routers' sake.
   */
  guardInit(init: () => Promise<void>): Promise<void>;
  /** Whether the environment is about to end. An answer waits for the promise, so that the end comes right after it. */
  ending(): Promise<unknown> | undefined;
}

export type LoadEnd = () => Promise<Pick<Recovery, 'endBeforeNext'>>;

/** When the environment ends after an uncaught exception, whatever the runtime client does, in milliseconds. */
const PATIENCE = 1_000;

/** On managed instances the environment also serves requests of other threads: they would be lost with it. */
const shared = process.env.AWS_LAMBDA_MAX_CONCURRENCY;

export function createGuards(flights: Flights, loadEnd: LoadEnd): Guards {
  let initialising = true;
  let ending: Promise<unknown> | undefined;

  const listeners = {
    unhandledRejection(cause: unknown): void {
      const failure = new CodedError('UNHANDLED_REJECTION', 'a promise was rejected unheard', { cause });
      const [flight] = flights;
      // With several in flight nobody knows whose it is.
      if (flights.size === 1) flight.fail(failure);
      else logFailure(failure);
    },

    uncaughtException(cause: unknown): void {
      const failure = new CodedError('UNCAUGHT_EXCEPTION', 'thrown outside of any promise', { cause });
      const { size } = flights;
      if (!size) logFailure(failure);
      for (const flight of flights) flight.fail(failure);
      if (initialising || ending || shared) return;
      const end = loadEnd().then(({ endBeforeNext }) => endBeforeNext(flights), () => {});
      // With none in flight, the next request may be on its way already: it is served before the end.
      if (!size) return;
      ending = end;
      setTimeout(kill, PATIENCE);
    },
  };

  return {
    async guardInit(init) {
      for (const [name, listener] of Object.entries(listeners)) process.removeAllListeners(name).on(name, listener);
      process.on('exit', (exitCode) => onExit(exitCode, initialising ? [{}] : [...flights]));
      await init();
      initialising = false;
    },
    ending: () => ending,
  };
}

/**
 * The end of a process waits for the thread of the runtime client. With no request in flight, that thread waits for the next invocation,
 * which is lost then. A signal does not wait. Outside of Lambda a script ends as it likes, and on managed instances only a thread ends.
 */
function onExit(exitCode: number, ended: readonly LogFields[]): void {
  const idle = !ended[0] && process.env.AWS_LAMBDA_RUNTIME_API && !shared;
  // Code 0 is how a listener to SIGTERM ends an environment that Lambda shuts down.
  for (const fields of idle && exitCode ? [{}] : ended) {
    // The stack tells which file called `process.exit`.
    log('ERROR', 'PROCESS_EXIT', `the process ended with code ${exitCode}`, { ...fields, cause: new Error('exit') });
  }
  if (idle) kill();
}

function kill(): void {
  process.kill(process.pid, 'SIGKILL');
}
