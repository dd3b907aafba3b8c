/** Medians, means over routers, and confidence intervals of ratios. */
import { seeded } from '../random.mjs';

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The mean over all routers of each router's median. Samples are lists of numbers by router. */
export function center(samplesByRouter) {
  return mean(samplesByRouter.map(median));
}

/**
 * The ratio of two centers, after the median of `spared` is subtracted from both, with its 95 % confidence interval. The bootstrap draws routers and
 * rounds of a router with replacement. Samples of the same round are drawn together.
 */
export function ratio(samples, others, spared, draws = 1000) {
  const random = seeded(1);
  const pick = (length) => Math.floor(random() * length);
  const of = (a, b, empty) => {
    const less = empty ? median(empty.flat()) : 0;
    return (center(a) - less) / (center(b) - less);
  };
  const drawn = Array.from({ length: draws }, () => {
    const routers = samples.map(() => pick(samples.length));
    const rounds = routers.map((router) => samples[router].map(() => pick(samples[router].length)));
    const draw = (from) => routers.map((router, i) => rounds[i].map((round) => from[router][round]));
    return of(draw(samples), draw(others), spared && draw(spared));
  }).sort((a, b) => a - b);
  return { ratio: of(samples, others, spared), low: drawn[Math.floor(draws * 0.025)], high: drawn[Math.floor(draws * 0.975)] };
}
