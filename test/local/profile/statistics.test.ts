import { compareTimes, isSlower } from '../../../lib/local/profile/compare-times';
import { Sample } from '../../../lib/local/profile/measure';
import { mean, median, ratioOf, tQuantile } from '../../../lib/local/profile/statistics';

/** Repeatable numbers from 0 to 1: https://en.wikipedia.org/wiki/Lehmer_random_number_generator */
function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** Cold starts of 10 routers in 5 rounds. Rounds drift, a few cold starts take much longer, and `lazy` takes `slower` times as long as `base`. */
function samplesOf(random: () => number, slower: number): Sample[] {
  return Array.from({ length: 50 }, (_, i) => {
    const [round, prefix] = [Math.floor(i / 10), `/r${i % 10}`];
    const drift = 1 + round * 0.2;
    const noisy = () => 200 * drift * (1 + 0.1 * random()) * (random() < 0.05 ? 1 + random() : 1);
    const sample = (build: 'base' | 'lazy', ms: number): Sample => ({ memoryMb: 1024, build, prefix, round, initMs: ms / 2, firstMs: ms / 2, warmMs: 1, status: 200 });
    return [sample('base', noisy()), sample('lazy', noisy() * slower)];
  }).flat();
}

test.each([
  [1, 0.95, 12.706], [2, 0.95, 4.303], [2, 0.99, 9.925], [3, 0.99, 5.841], [10, 0.99, 3.169], [30, 0.95, 2.042], [89, 0.99, 2.632], [10_000, 0.95, 1.96],
])('the quantile of Student\'s t for %d degrees of freedom at %d matches published tables', (degrees, confidence, expected) => {
  expect(tQuantile(degrees, confidence)).toBeCloseTo(expected, 3);
});

test('medians and means are computed', () => {
  expect([median([3, 1, 2]), median([4, 1, 2, 3]), mean([1, 2, 6])]).toEqual([2, 2.5, 3]);
});

test('one pair is not enough for a ratio', () => {
  expect(ratioOf([{ before: 1, after: 2 }], 0.95)).toBeUndefined();
});

test('at most 3 of 100 comparisons of equal builds report a slower build', () => {
  const random = seeded(14);
  const found = Array.from({ length: 100 }, () => compareTimes(samplesOf(random, 1), 'base', 'lazy')).filter((comparisons) => comparisons.some(isSlower));
  expect(found.length).toBeLessThanOrEqual(3);
});

test('a build that is 20 % slower is reported every time', () => {
  const random = seeded(15);
  const found = Array.from({ length: 100 }, () => compareTimes(samplesOf(random, 1.2), 'base', 'lazy')).filter((comparisons) => comparisons.some(isSlower));
  expect(found).toHaveLength(100);
});

test('the interval of the mean has a confidence of 99 %, and the intervals of routers have 95 %', () => {
  const [{ memoryMb, mean: all, routers }] = compareTimes(samplesOf(seeded(1), 1.5), 'base', 'lazy');
  expect(memoryMb).toBe(1024);
  expect(all!.confidence).toBe(0.99);
  expect(all!.low).toBeLessThan(all!.ratio);
  expect(all!.high).toBeGreaterThan(all!.ratio);
  expect(routers).toHaveLength(10);
  expect(routers[0]).toMatchObject({ prefix: '/r0', ratio: { confidence: 0.95 } });
});

test('a router that only one build has is not compared', () => {
  const samples = samplesOf(seeded(1), 1).filter(({ build, prefix }) => build === 'lazy' || prefix !== '/r3');
  expect(compareTimes(samples, 'base', 'lazy')[0].routers.map(({ prefix }) => prefix)).not.toContain('/r3');
});
