/**
 * Failures that no `await` sees. Lambda's runtime client would report them and end the process, and the caller would
 * get no answer that says which request it was; so the runtime takes its place.
 */
import { logFailure } from './answers';
import { CodedError } from './coded-error';
import { Flights } from './flights';
import { log } from './log';
import type { Recovery } from './recovery/recovery';

export interface Guards {
  /**
   * Called before any router code runs: the listeners that are there then are the runtime client's. When INIT is done an
   * uncaught exception ends the environment. INIT must outlive it, for the other routers' sake.
   */
  guardInit(init: () => Promise<void>): Promise<void>;
  /** Whether the environment is about to end. An answer waits for the promise, so that the end comes after it. */
  ending(): Promise<unknown> | undefined;
}

export type LoadEnd = () => Promise<Pick<Recovery, 'endAfterResponse'>>;

/** When what ends the environment properly cannot be loaded, in milliseconds. */
const PATIENCE = 1_000;

export function createGuards(flights: Flights, loadEnd: LoadEnd): Guards {
  let initialising = true;
  let ending: Promise<unknown> | undefined;

  function onRejection(cause: unknown): void {
    const failure = new CodedError('UNHANDLED_REJECTION', 'a promise was rejected unheard', { cause });
    const [flight] = flights;
    // With several in flight nobody knows whose it is.
    if (flights.size === 1) flight.fail(failure);
    else logFailure(failure);
  }

  function onException(cause: unknown): void {
    const failure = new CodedError('UNCAUGHT_EXCEPTION', 'thrown outside of any promise', { cause });
    if (!flights.size) logFailure(failure);
    for (const flight of flights) flight.fail(failure);
    if (initialising || ending) return;
    if (!flights.size) process.exit(1);
    ending = loadEnd().then(({ endAfterResponse }) => endAfterResponse(), () => setTimeout(process.exit, PATIENCE, 1));
  }

  function onExit(exitCode: number): void {
    for (const { router, requestId } of flights) log('ERROR', 'PROCESS_EXIT', `the process ended with code ${exitCode}`, { router, requestId });
  }

  return {
    async guardInit(init) {
      const listeners = { unhandledRejection: onRejection, uncaughtException: onException };
      for (const [name, listener] of Object.entries(listeners)) process.removeAllListeners(name).on(name, listener);
      process.on('exit', onExit);
      await init();
      initialising = false;
    },
    ending: () => ending,
  };
}
