// A worker thread that watches load-routers.mjs. An endless loop in a router stops every timer of its own thread; this thread runs no router
// code, so no router can block it.
import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';

const { REPORTS, position, routers, limitMs } = workerData;
const message = `it did not finish loading within ${Math.round(limitMs / 100) / 10} s; `
  + 'while it loads, a module must not loop, sleep, or wait for something that is unavailable';

for (;;) {
  const at = Atomics.load(position, 0);
  if (Atomics.wait(position, 0, at, limitMs) !== 'timed-out') continue;
  const { prefix, file } = routers[at] ?? {};
  writeSync(REPORTS, `\n${JSON.stringify({ prefix, state: 'failed', chunk: file, message, ended: 'by time-out' })}\n`);
  process.kill(process.pid, 'SIGKILL');
}
