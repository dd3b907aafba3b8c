import * as fs from 'node:fs';
import * as path from 'node:path';

/** Limits each execution environment to a share of the CPU. */
export interface CpuLimit {
  /** Limits a process. Returns a function that removes the limit after the process has ended. */
  enter(pid: number): () => void;
}

/** Lambda gives one full vCPU at this memory size: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
const FULL_VCPU_MB = 1769;

const PERIOD_US = 20_000;

/** The CPU limits of one version of Linux control groups. */
interface ControlGroups {
  readonly root: string;
  /** The contents of a group's files, by file, that limit the group to this number of microseconds in each period. */
  limits(us: number): Readonly<Record<string, string>>;
}

const VERSIONS: readonly ControlGroups[] = [
  { root: '/sys/fs/cgroup/cpu', limits: (us) => ({ 'cpu.cfs_period_us': String(PERIOD_US), 'cpu.cfs_quota_us': String(us) }) },
  { root: '/sys/fs/cgroup', limits: (us) => ({ 'cpu.max': `${us} ${PERIOD_US}` }) },
];

/**
 * Limits an environment to the share of a vCPU that Lambda gives at a memory size. Undefined if this machine does not allow it: it requires root and
 * writable control groups.
 */
export function createCpuLimit(memoryMb: number): CpuLimit | undefined {
  if (memoryMb >= FULL_VCPU_MB) return { enter: () => () => {} };
  const us = Math.round((PERIOD_US * memoryMb) / FULL_VCPU_MB);
  const groups = VERSIONS.find((version) => isUsable(version, us));
  return groups && { enter: (pid) => limit(groups, us, pid) };
}

/** How much longer a computation takes at a memory size than at full speed. */
export function cpuSlowdown(memoryMb: number): number {
  return Math.max(1, FULL_VCPU_MB / memoryMb);
}

function isUsable(groups: ControlGroups, us: number): boolean {
  try {
    const group = createGroup(groups, us, 'probe');
    fs.rmdirSync(group);
    return true;
  } catch {
    return false;
  }
}

function limit(groups: ControlGroups, us: number, pid: number): () => void {
  const group = createGroup(groups, us, String(pid));
  fs.writeFileSync(path.join(group, 'cgroup.procs'), String(pid));
  return () => void removeGroup(group);
}

function createGroup({ root, limits }: ControlGroups, us: number, name: string): string {
  const group = path.join(root, `lazy-api-${process.pid}-${name}`);
  fs.mkdirSync(group);
  try {
    for (const [file, value] of Object.entries(limits(us))) fs.writeFileSync(path.join(group, file), value);
  } catch (error) {
    fs.rmdirSync(group);
    throw error;
  }
  return group;
}

/** A process that has ended stays in its group for a moment. */
function removeGroup(group: string, tries = 50): void {
  try {
    fs.rmdirSync(group);
  } catch {
    if (tries > 0) setTimeout(() => removeGroup(group, tries - 1), 20);
  }
}
