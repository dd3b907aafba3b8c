import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Lambda gives one full vCPU at this memory size: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
const FULL_VCPU_MB = 1769;

const PERIOD_US = 20_000;

/** Linux control groups, version 1 and version 2: only the part that limits the CPU. */
const VERSIONS = [
  { root: '/sys/fs/cgroup/cpu', limit: (group, us) => { write(group, 'cpu.cfs_period_us', PERIOD_US); write(group, 'cpu.cfs_quota_us', us); } },
  { root: '/sys/fs/cgroup', limit: (group, us) => write(group, 'cpu.max', `${us} ${PERIOD_US}`) },
];

/**
 * Limits processes to the CPU share that Lambda provides at a memory size. Undefined if this machine does not support it: it requires root and
 * writable control groups. All samples share one group, so that figures can be compared with earlier ones. lib/local creates a group for each
 * environment instead, and the first milliseconds in a new group take up to 40 % longer.
 */
export function createCpuQuota(memoryMb) {
  if (memoryMb >= FULL_VCPU_MB) return { enter: () => () => {}, close() {} };
  const us = Math.round((PERIOD_US * memoryMb) / FULL_VCPU_MB);
  for (const { root, limit } of VERSIONS) {
    const group = join(root, `lazy-api-bench-${process.pid}-${memoryMb}`);
    try {
      if (!existsSync(root)) continue;
      mkdirSync(group);
    } catch {
      continue;
    }
    try {
      limit(group, us);
      return { enter: (pid) => enter(group, pid), close: () => remove(group) };
    } catch {
      rmdirSync(group);
    }
  }
  return undefined;
}

/** A process leaves its group when it ends. */
function enter(group, pid) {
  write(group, 'cgroup.procs', pid);
  return () => {};
}

/** The last processes need a moment to end. */
async function remove(group) {
  for (let tries = 0; tries < 50; tries++) {
    try {
      return rmdirSync(group);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

function write(group, file, value) {
  writeFileSync(join(group, file), String(value));
}
