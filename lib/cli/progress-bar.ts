import { Terminal } from './terminal';

export interface ProgressBar {
  show(done: number, of: number): void;
  clear(): void;
}

const WIDTH = 30;

const CLEAR_LINE = '\r\u001b[K';

/** A progress bar on stderr, with the remaining time. It prints nothing if no person watches. */
export function progressBar({ isWatched, err }: Pick<Terminal, 'isWatched' | 'err'>, now: () => number = () => performance.now()): ProgressBar {
  const started = now();
  return {
    show: (done, of) => {
      if (!isWatched) return;
      const full = Math.round((WIDTH * done) / of);
      const left = Math.ceil(((now() - started) * (of - done)) / done / 1000);
      err(`${CLEAR_LINE}[${'#'.repeat(full)}${' '.repeat(WIDTH - full)}] ${done} of ${of} cold starts, ${left} s left`);
    },
    clear: () => { if (isWatched) err(CLEAR_LINE); },
  };
}
