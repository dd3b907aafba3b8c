import { inspect } from 'node:util';

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow';

/** Where a command writes. */
export interface Terminal {
  /** Whether a person watches `err`: it is a terminal, but not in a CI system. */
  readonly isWatched: boolean;
  /** Whether a person reads `out`: it is a terminal. */
  readonly isOutWatched: boolean;
  /** The output of the command. */
  out(data: string | Uint8Array): void;
  /** Everything else: logs, notes, errors. */
  err(text: string): void;
  /** Text for `out`, in color if it is a terminal. */
  outStyle(style: Style, text: string): string;
  /** Text for `err`, in color if it is a terminal. */
  errStyle(style: Style, text: string): string;
}

/** The process's own streams. A reader that closes early, like `head`, does not cause an error. */
export function processTerminal({ stdout, stderr, env }: NodeJS.Process): Terminal {
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => { if (error.code !== 'EPIPE') throw error; });
  }
  return {
    out: (data) => void stdout.write(data),
    err: (text) => void stderr.write(text),
    isOutWatched: stdout.isTTY === true,
    isWatched: stderr.isTTY === true && !env.CI,
    outStyle: styler(stdout, env),
    errStyle: styler(stderr, env),
  };
}

/** https://no-color.org */
function styler({ isTTY }: { readonly isTTY?: boolean }, { NO_COLOR: noColor, TERM: term }: NodeJS.ProcessEnv): Terminal['outStyle'] {
  const colors = isTTY === true && !noColor && term !== 'dumb';
  return (style, text) => (colors ? painted(style, text) : text);
}

/** Does not use `styleText`, because newer versions of Node.js let it decide by stdout alone. */
function painted(style: Style, text: string): string {
  const [start, end] = inspect.colors[style]!;
  return `\u001b[${start}m${text}\u001b[${end}m`;
}
