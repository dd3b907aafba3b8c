import { readableLog } from './readable-log';
import type { Terminal } from './terminal';

/** Where the function's logs go. A program receives the same lines as Lambda's log. A person who watches a terminal receives a readable form. */
export function functionOutput(terminal: Terminal): (text: string) => void {
  return (text) => terminal.err(terminal.isWatched ? readableLog(text, terminal) : text);
}
