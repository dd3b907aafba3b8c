import type { TimeComparison } from './compare-times';
import type { SizeTimes } from './times';

/** One sentence: whether lazy loading helps, and at which memory sizes. */
export function verdictOf(sizes: readonly SizeTimes[], comparisons: readonly TimeComparison[], memoryMb: number): string {
  const compared = sizes.filter(({ builds }) => builds.lazy && builds.monolith);
  if (compared.length === 0) return 'It is unknown whether lazy loading helps this API, because there is no monolith to compare it with.';
  const helping = compared.filter((size) => gainOf(size, comparisons) === 'faster');
  const own = compared.find((size) => size.memoryMb === memoryMb) ?? compared[0];
  if (helping.length === 0) {
    const slower = compared.filter((size) => gainOf(size, comparisons) === 'slower');
    if (slower.length === 0) return `It is not certain that lazy loading helps this API: ${describe(own)}; measure with more --rounds.`;
    return `Lazy loading does not help this API: the monolith is faster at ${listOf(slower)}; ${describe(own)}.`;
  }
  const best = helping.reduce((a, b) => (ratioAt(b) < ratioAt(a) ? b : a));
  const exceptions = helping.length === compared.length ? '' : `, but not at ${listOf(except(compared, helping))}`;
  return `Lazy loading helps this API at ${listOf(helping)}${exceptions}: ${[...new Set([own, best])].map(describe).join('; ')}.`;
}

type Gain = 'faster' | 'slower' | 'uncertain';

/** Estimates and single cold starts have no interval, so their means decide. */
function gainOf(size: SizeTimes, comparisons: readonly TimeComparison[]): Gain {
  const interval = comparisons.find(({ memoryMb }) => memoryMb === size.memoryMb)?.mean;
  if (interval) return interval.high < 1 ? 'faster' : interval.low > 1 ? 'slower' : 'uncertain';
  return ratioAt(size) < 1 ? 'faster' : 'slower';
}

function ratioAt({ builds }: SizeTimes): number {
  return builds.lazy!.mean.coldMs / builds.monolith!.mean.coldMs;
}

function describe(size: SizeTimes): string {
  const { memoryMb, builds, estimated } = size;
  const [lazy, monolith] = [builds.lazy!.mean.coldMs, builds.monolith!.mean.coldMs].map((ms) => Math.round(ms));
  const percent = Math.round(Math.abs(1 - ratioAt(size)) * 100);
  const change = percent === 0 ? 'as long as' : `${percent} % ${ratioAt(size) < 1 ? 'shorter' : 'longer'} than`;
  return `at ${memoryMb} MB the mean cold start is ${estimated ? 'by estimate ' : ''}${change} the monolith's (${lazy} ms, ${monolith} ms)`;
}

function listOf(sizes: readonly SizeTimes[]): string {
  const names = sizes.map(({ memoryMb }) => String(memoryMb));
  return `${names.length < 2 ? names[0] : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`} MB`;
}

function except<T>(all: readonly T[], some: readonly T[]): T[] {
  return all.filter((one) => !some.includes(one));
}
