import type { BuildName, Measured, MeasureFailure, Sample } from './measure';
import { mean, median } from './statistics';
import { cpuSlowdown } from '../lambda/cpu-limit';

/** The times of cold starts, in milliseconds. */
export interface ColdStartTimes {
  /** INIT and the first response. */
  readonly coldMs: number;
  readonly initMs: number;
  /** The part of the first response in which the router was loaded. Undefined if the function's log does not contain it. */
  readonly loadMs?: number;
  readonly firstMs: number;
  readonly warmMs: number;
  /** In MB. Undefined if the system does not provide it. */
  readonly peakMemoryMb?: number;
}

export interface RouterTimes extends ColdStartTimes {
  readonly prefix: string;
  readonly status: number;
}

export interface BuildTimes {
  /** The means over the routers. */
  readonly mean: ColdStartTimes;
  /** The medians over the rounds. */
  readonly routers: readonly RouterTimes[];
}

export interface SizeTimes {
  readonly memoryMb: number;
  /** Whether the times are derived from a measurement at full speed. */
  readonly estimated: boolean;
  readonly builds: { readonly [build in BuildName]?: BuildTimes };
  readonly failures: readonly MeasureFailure[];
}

/** The times at each memory size, as measured there. */
export function measuredSizes({ samples, failures }: Measured, memorySizes: readonly number[]): SizeTimes[] {
  return memorySizes.map((memoryMb) => ({
    memoryMb,
    estimated: false,
    builds: buildTimes(samples.filter((sample) => sample.memoryMb === memoryMb)),
    failures: failures.filter((failure) => failure.memoryMb === memoryMb),
  }));
}

/**
 * Estimates the times at each memory size from a measurement at full speed: INIT has a full CPU at every size, and requests take longer according to
 * their share of the CPU.
 */
export function estimatedSizes({ samples, failures }: Measured, memorySizes: readonly number[]): SizeTimes[] {
  return memorySizes.map((memoryMb) => {
    const slowdown = cpuSlowdown(memoryMb);
    const slower = samples.map((sample) => ({
      ...sample,
      loadMs: sample.loadMs === undefined ? undefined : sample.loadMs * slowdown,
      firstMs: sample.firstMs * slowdown,
      warmMs: sample.warmMs * slowdown,
    }));
    return { memoryMb, estimated: slowdown > 1, builds: buildTimes(slower), failures };
  });
}

function buildTimes(samples: readonly Sample[]): SizeTimes['builds'] {
  const names = [...new Set(samples.map(({ build }) => build))];
  return Object.fromEntries(names.map((name) => {
    const routers = routerTimes(samples.filter(({ build }) => build === name));
    return [name, { mean: summary(routers, mean), routers }];
  }));
}

function routerTimes(samples: readonly Sample[]): RouterTimes[] {
  const prefixes = [...new Set(samples.map(({ prefix }) => prefix))].sort();
  return prefixes.map((prefix) => {
    const own = samples.filter((sample) => sample.prefix === prefix);
    return { prefix, status: own[0].status, ...summary(own.map((sample) => ({ ...sample, coldMs: sample.initMs + sample.firstMs })), median) };
  });
}

function summary(times: readonly ColdStartTimes[], center: (values: readonly number[]) => number): ColdStartTimes {
  const of = (read: (one: ColdStartTimes) => number | undefined) => {
    const values = times.map(read).filter((value) => value !== undefined);
    return values.length === times.length ? center(values) : undefined;
  };
  return {
    coldMs: of(({ coldMs }) => coldMs)!,
    initMs: of(({ initMs }) => initMs)!,
    loadMs: of(({ loadMs }) => loadMs),
    firstMs: of(({ firstMs }) => firstMs)!,
    warmMs: of(({ warmMs }) => warmMs)!,
    peakMemoryMb: of(({ peakMemoryMb }) => peakMemoryMb),
  };
}
