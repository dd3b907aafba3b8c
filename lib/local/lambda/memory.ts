import { readFileSync } from 'node:fs';

/** The most memory that a process has used, in megabytes. Undefined where the system does not tell. */
export function peakMemoryMb(pid: number | undefined): number | undefined {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;
  } catch {
    return undefined;
  }
}
