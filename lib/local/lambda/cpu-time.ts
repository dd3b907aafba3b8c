import { readdirSync, readFileSync } from 'node:fs';

/** The CPU time of all threads of a process, in milliseconds. Undefined if the system does not provide it. */
export function cpuTimeMs(pid: number | undefined): number | undefined {
  try {
    const threads = readdirSync(`/proc/${pid}/task`).map((thread) => readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8'));
    return threads.reduce((sum, text) => sum + parseInt(text), 0) / 1e6;
  } catch {
    return undefined;
  }
}
