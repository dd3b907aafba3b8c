import type { BuildName, Sample } from './measure';
import { Interval, Pair, ratioOf } from './statistics';

/** How many times as long cold starts take in one build as in another, at one memory size. */
export interface TimeComparison {
  readonly memoryMb: number;
  /** For all routers, with 99 % confidence. Undefined for fewer than two pairs of cold starts. */
  readonly mean?: Interval;
  /** By router that both builds have, with 95 % confidence. */
  readonly routers: ReadonlyArray<{ readonly prefix: string; readonly ratio?: Interval }>;
}

/** The confidence of the only number that can fail a build: of 200 comparisons of equal builds, one fails. */
const OF_THE_MEAN = 0.99;

const OF_A_ROUTER = 0.95;

/** Compares INIT and the first response of two builds that were measured alternately. */
export function compareTimes(samples: readonly Sample[], before: BuildName, after: BuildName): TimeComparison[] {
  const sizes = [...new Set(samples.map(({ memoryMb }) => memoryMb))];
  return sizes.flatMap((memoryMb) => {
    const here = samples.filter((sample) => sample.memoryMb === memoryMb);
    const pairs = pairsOf(here.filter(({ build }) => build === before), here.filter(({ build }) => build === after));
    if (pairs.length === 0) return [];
    const prefixes = [...new Set(pairs.map(({ prefix }) => prefix))].sort();
    const routers = prefixes.map((prefix) => ({ prefix, ratio: ratioOf(pairs.filter((pair) => pair.prefix === prefix), OF_A_ROUTER) }));
    return [{ memoryMb, mean: ratioOf(pairs, OF_THE_MEAN), routers }];
  });
}

/** Whether it is certain that cold starts take longer. */
export function isSlower({ mean }: TimeComparison): boolean {
  return mean !== undefined && mean.low > 1;
}

function pairsOf(before: readonly Sample[], after: readonly Sample[]): Array<Pair & { readonly prefix: string }> {
  const coldMs = ({ initMs, firstMs }: Sample) => initMs + firstMs;
  return after.flatMap((sample) => {
    const { prefix, round } = sample;
    const other = before.find((one) => one.prefix === prefix && one.round === round);
    return other ? [{ prefix, before: coldMs(other), after: coldMs(sample) }] : [];
  });
}
