import { countOf } from './describe-growth';
import type { ProfileReport } from '../profile-report';
import type { BuildTimes, SizeTimes } from '../times';

/** The columns of a router in reports. */
export const ROUTER_COLUMNS = ['ROUTER', 'KB', 'FILES', 'INIT', 'LOAD', 'FIRST', 'WARM', 'COLD', 'MEMORY'] as const;

export const SIZE_COLUMNS = ['MEMORY SIZE', 'LAZY', 'MONOLITH', 'EMPTY'] as const;

/** A row for INIT, and one for each router: what its first request loads after INIT, and its times at the function's memory size. */
export function routerRows(report: ProfileReport): string[][] {
  const { counters: { init, routers } } = report;
  const times = ownSize(report)?.builds.lazy;
  const none = ['', '', '', '', '', ''];
  return [
    ['INIT', kilobytes(init.bytes), String(init.files), ...none],
    ...routers.map(({ prefix, first }) => [prefix, kilobytes(first.bytes), String(first.files), ...timeCells(times, prefix) ?? none]),
    ...times ? [['mean', '', '', ...cellsOf(times.mean)]] : [],
  ];
}

/** One row for each memory size, with the mean cold starts. */
export function sizeRows({ times }: ProfileReport): string[][] {
  const cell = ({ builds, failures }: SizeTimes, build: 'lazy' | 'monolith' | 'empty' | 'base') => (
    failures.some((failure) => failure.build === build) ? 'fails' : milliseconds(builds[build]?.mean.coldMs)
  );
  const other = hasBase(times) ? 'base' : 'monolith';
  return (times?.sizes ?? []).map((size) => [
    `${size.memoryMb} MB${size.estimated ? ' (estimate)' : ''}`, cell(size, 'lazy'), cell(size, other), cell(size, 'empty'),
  ]);
}

/** The columns of `sizeRows`. */
export function sizeColumns({ times }: ProfileReport): readonly string[] {
  return hasBase(times) ? SIZE_COLUMNS.map((name) => (name === 'MONOLITH' ? 'BASE' : name)) : SIZE_COLUMNS;
}

/** Whether the asset was compared with that of another assembly. */
export function hasBase(times: ProfileReport['times']): boolean {
  return times?.sizes.some(({ builds, failures }) => builds.base ?? failures.some(({ build }) => build === 'base')) ?? false;
}

/** The times at the function's own memory size, or at the first that was measured. */
export function ownSize({ times, memoryMb }: ProfileReport): SizeTimes | undefined {
  return times?.sizes.find((size) => size.memoryMb === memoryMb) ?? times?.sizes[0];
}

export function kilobytes(bytes: number): string {
  return countOf(Number((bytes / 1000).toFixed(1)));
}

export function milliseconds(value: number | undefined): string {
  return value === undefined ? '-' : value.toFixed(value < 10 ? 1 : 0);
}

function timeCells(times: BuildTimes | undefined, prefix: string): string[] | undefined {
  const router = times?.routers.find((one) => one.prefix === prefix);
  return router && cellsOf(router);
}

function cellsOf({ initMs, loadMs, firstMs, warmMs, coldMs, peakMemoryMb }: BuildTimes['mean']): string[] {
  return [initMs, loadMs, firstMs, warmMs, coldMs].map(milliseconds).concat(peakMemoryMb === undefined ? '-' : `${Math.round(peakMemoryMb)} MB`);
}
