import { readFileSync } from 'node:fs';

/** The peak memory of a process, in megabytes. Undefined if the system does not provide it. */
export function peakMemoryMb(pid: number | undefined): number | undefined {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;
  } catch {
    return undefined;
  }
}
