import { readdirSync, readFileSync } from 'node:fs';

/** How long the threads of a process have computed, in milliseconds. Undefined where the system does not tell. */
export function cpuTimeMs(pid: number | undefined): number | undefined {
  try {
    const threads = readdirSync(`/proc/${pid}/task`).map((thread) => readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8'));
    return threads.reduce((sum, text) => sum + parseInt(text), 0) / 1e6;
  } catch {
    return undefined;
  }
}
