/**
 * Failures that no `await` sees. Lambda's runtime client would report them and end the process, and the caller would
 * get no answer that says which request it was. So the runtime takes the client's place.
 */
import { CodedError } from './coded-error';
import { logFailure } from './log-failure';
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

  function onException(cause: unknown): void {
    const failure = new CodedError('UNCAUGHT_EXCEPTION', 'thrown outside of any promise', { cause });
    if (!flights.size) logFailure(failure);
    for (const flight of flights) flight.fail(failure);
    if (initialising || ending || shared) return;
    const end = loadEnd().then(({ endBeforeNext }) => endBeforeNext(flights), () => {});
    // With none in flight, the next request may be on its way already: it is served before the end.
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

/** With several requests in flight, it is not known whose promise it was. */
function onRejection(flights: Flights, cause: unknown): void {
  const failure = new CodedError('UNHANDLED_REJECTION', 'a promise was rejected unheard', { cause });
  const [flight] = flights;
  if (flights.size === 1) flight.fail(failure);
  else logFailure(failure);
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
