import { Sample } from '../../../lib/local/profile/measure';
import { estimatedSizes, measuredSizes } from '../../../lib/local/profile/times';

const sample = (round: number, initMs: number, given: Partial<Sample> = {}): Sample => ({
  memoryMb: 1024, build: 'lazy', prefix: '/a', round, initMs, loadMs: 10, firstMs: 20, warmMs: 2, peakMemoryMb: 80, status: 200, ...given,
});

test('the times of a router are the medians of its rounds, and the times of a build are the means of its routers', () => {
  const samples = [sample(0, 100), sample(1, 110), sample(2, 900), sample(0, 210, { prefix: '/b', loadMs: undefined })];
  const [{ builds }] = measuredSizes({ samples, failures: [] }, [1024]);
  expect(builds.lazy!.routers[0]).toEqual({ prefix: '/a', status: 200, coldMs: 130, initMs: 110, loadMs: 10, firstMs: 20, warmMs: 2, peakMemoryMb: 80 });
  expect(builds.lazy!.mean).toEqual({ coldMs: 180, initMs: 160, loadMs: undefined, firstMs: 20, warmMs: 2, peakMemoryMb: 80 });
});

test('an estimate keeps INIT at full speed, and slows requests down to the share of the CPU', () => {
  const [half, full] = estimatedSizes({ samples: [sample(0, 100)], failures: [] }, [884.5, 1769]);
  expect(half).toMatchObject({ memoryMb: 884.5, estimated: true, builds: { lazy: { mean: { initMs: 100, loadMs: 20, firstMs: 40, warmMs: 4, coldMs: 140 } } } });
  expect(full).toMatchObject({ estimated: false, builds: { lazy: { mean: { firstMs: 20 } } } });
});
