import { hasBase } from './cells';
import { limitOf, percentOf } from './describe-growth';
import type { TimeComparison } from '../compare-times';
import type { ProfileReport } from '../profile-report';
import type { Interval } from '../statistics';

/** What a report says in sentences, after its tables. */
export function summaryOf({ verdict, comparison, times, problems }: ProfileReport): string[] {
  return [
    ...verdict === undefined ? [] : [verdict],
    ...comparison && problems.length === 0 ? [`No counter has grown by more than ${limitOf(comparison.maxGrowth)}.`] : [],
    ...comparison?.newRouters.length ? [`New routers: ${comparison.newRouters.join(', ')}.`] : [],
    ...comparison?.removedRouters.length ? [`Removed routers: ${comparison.removedRouters.join(', ')}.`] : [],
    ...times && hasBase(times) ? times.comparisons.map(describeComparison) : [],
  ];
}

function describeComparison({ memoryMb, mean }: TimeComparison): string {
  if (!mean) return `At ${memoryMb} MB, one cold start of each build is too few to compare: pass --rounds.`;
  const certain = mean.low > 1 ? 'longer than before' : mean.high < 1 ? 'shorter than before' : 'no certain difference';
  return `At ${memoryMb} MB, the mean cold start has changed by ${describeInterval(mean)}: ${certain}.`;
}

export function describeInterval({ ratio, low, high, confidence }: Interval): string {
  return `${percentOf(ratio - 1)} (${confidence * 100} % confidence: ${percentOf(low - 1)} to ${percentOf(high - 1)})`;
}
