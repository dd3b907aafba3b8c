/** A ratio with its confidence interval. */
export interface Interval {
  /** The ratio: 1.1 means 10 % more. */
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  /** The confidence, from 0 to 1. */
  readonly confidence: number;
}

/** Measurements of two builds, made one directly after the other. */
export interface Pair {
  readonly before: number;
  readonly after: number;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * The ratio of alternate measurements, with its confidence interval by Student's t on the logarithms. What slows down one measurement of a pair also
 * slows down the other. Undefined for fewer than two pairs.
 */
export function ratioOf(pairs: readonly Pair[], confidence: number): Interval | undefined {
  if (pairs.length < 2) return undefined;
  const logs = pairs.map(({ before, after }) => Math.log(after / before));
  const center = mean(logs);
  const variance = logs.reduce((sum, log) => sum + (log - center) ** 2, 0) / (logs.length - 1);
  const reach = tQuantile(logs.length - 1, confidence) * Math.sqrt(variance / logs.length);
  return { ratio: Math.exp(center), low: Math.exp(center - reach), high: Math.exp(center + reach), confidence };
}

/** The number of standard errors around the mean with this confidence. */
export function tQuantile(degrees: number, confidence: number): number {
  let [low, high] = [0, Math.PI / 2];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (shareWithin(middle, degrees) < confidence) low = middle;
    else high = middle;
  }
  return Math.tan(low) * Math.sqrt(degrees);
}

/**
 * Student's t distribution: the share within `tan(angle) * sqrt(degrees)` on both sides, as a finite series. Abramowitz and Stegun, Handbook of
 * Mathematical Functions, 26.7.3 and 26.7.4.
 */
function shareWithin(angle: number, degrees: number): number {
  const isOdd = degrees % 2 === 1;
  const cosine = Math.cos(angle);
  let term = isOdd ? cosine : 1;
  let sum = degrees === 1 ? 0 : term;
  for (let i = isOdd ? 3 : 2; i < degrees; i += 2) {
    term *= ((i - 1) / i) * cosine ** 2;
    sum += term;
  }
  return isOdd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
}
