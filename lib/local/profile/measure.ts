import { ColdStart, FailedStart, measureColdStart } from './cold-start';
import type { ProfiledRequest } from './requests';
import type { LocalEndpoint } from '../endpoint/local-endpoint';
import { createCpuLimit } from '../lambda/cpu-limit';
import type { Runnable } from '../lambda/local-lambda';

/** `lazy`: the asset. `base`: the asset of another assembly. `empty`: a function that does nothing. */
export type BuildName = 'lazy' | 'monolith' | 'base' | 'empty';

/** A build of the routers that is measured. */
export interface MeasuredBuild {
  readonly name: BuildName;
  readonly endpoint: LocalEndpoint;
  /** One request for each router. */
  readonly requests: readonly ProfiledRequest[];
  runnable(memoryMb: number): Runnable;
}

export interface MeasureOptions {
  readonly builds: readonly MeasuredBuild[];
  readonly rounds: number;
  /** In MB. */
  readonly memorySizes: readonly number[];
  /** Called after each cold start. */
  progress?(done: number, of: number): void;
}

export interface Sample extends ColdStart {
  readonly memoryMb: number;
  readonly build: BuildName;
  readonly prefix: string;
  readonly round: number;
}

/** A build that does not run at a memory size. */
export interface MeasureFailure {
  readonly memoryMb: number;
  readonly build: BuildName;
  readonly prefix: string;
  readonly error: string;
}

export interface Measured {
  readonly samples: readonly Sample[];
  readonly failures: readonly MeasureFailure[];
}

/** One cold start to be measured. */
export interface Job {
  readonly memoryMb: number;
  readonly build: MeasuredBuild;
  readonly request: ProfiledRequest;
  readonly round: number;
}

/** Measures cold starts one after the other, each in a new process. A build that fails at a memory size is not measured there again. */
export async function measure({ builds, rounds, memorySizes, progress }: MeasureOptions): Promise<Measured> {
  const jobs = planJobs(builds, rounds, memorySizes);
  const samples: Sample[] = [];
  const failures: MeasureFailure[] = [];
  for (const [i, job] of jobs.entries()) {
    const { memoryMb, build: { name: build }, request: { prefix }, round } = job;
    if (!failures.some((failure) => failure.memoryMb === memoryMb && failure.build === build)) {
      const result = await run(job);
      if ('error' in result) failures.push({ memoryMb, build, prefix, error: result.error });
      else samples.push({ memoryMb, build, prefix, round, ...result });
    }
    progress?.(i + 1, jobs.length);
  }
  return { samples, failures };
}

/** The builds take turns: builds that are compared are measured in direct succession, and each build comes first equally often. */
export function planJobs(builds: readonly MeasuredBuild[], rounds: number, memorySizes: readonly number[]): Job[] {
  const prefixes = [...new Set(builds.flatMap(({ requests }) => requests.map(({ prefix }) => prefix)))];
  return Array.from({ length: rounds }, (_, round) => prefixes.flatMap((prefix, i) => memorySizes.flatMap((memoryMb) => (
    rotated(builds, round + i).flatMap((build) => {
      const request = build.requests.find((one) => one.prefix === prefix);
      return request ? [{ memoryMb, build, request, round }] : [];
    })
  )))).flat();
}

function rotated<T>(list: readonly T[], by: number): T[] {
  return list.map((_, i) => list[(i + by) % list.length]);
}

async function run({ build, memoryMb, request }: Job): Promise<ColdStart | FailedStart> {
  return measureColdStart(build.runnable(memoryMb), request.event, { endpoint: build.endpoint, cpuLimit: createCpuLimit(memoryMb) });
}
