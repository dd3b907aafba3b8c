import { TimeComparison } from '../../../lib/local/profile/compare-times';
import { SizeTimes } from '../../../lib/local/profile/times';
import { verdictOf } from '../../../lib/local/profile/verdict';

const times = (coldMs: number) => ({ mean: { coldMs, initMs: coldMs / 2, firstMs: coldMs / 2, warmMs: 1 }, routers: [] });
const size = (memoryMb: number, lazy: number, monolith?: number, estimated = false): SizeTimes => ({
  memoryMb, estimated, failures: [], builds: { lazy: times(lazy), ...monolith !== undefined && { monolith: times(monolith) } },
});
const sure = (memoryMb: number, low: number, high: number): TimeComparison => ({ memoryMb, mean: { ratio: (low + high) / 2, low, high, confidence: 0.99 }, routers: [] });

test.each([
  ['it helps at each size', [size(256, 400, 1000), size(1024, 300, 500)], [sure(256, 0.3, 0.5), sure(1024, 0.5, 0.7)],
    'Lazy loading helps this API at 256 and 1024 MB: at 1024 MB the mean cold start is 40 % shorter than the monolith\'s (300 ms, 500 ms); at 256 MB the mean cold start is 60 % shorter than the monolith\'s (400 ms, 1000 ms).'],
  ['it helps at one size', [size(256, 990, 1000), size(1024, 300, 500)], [sure(256, 0.9, 1.1), sure(1024, 0.5, 0.7)],
    'Lazy loading helps this API at 1024 MB, but not at 256 MB: at 1024 MB the mean cold start is 40 % shorter than the monolith\'s (300 ms, 500 ms).'],
  ['no difference is certain', [size(1024, 495, 500)], [sure(1024, 0.9, 1.1)],
    'It is not certain that lazy loading helps this API: at 1024 MB the mean cold start is 1 % shorter than the monolith\'s (495 ms, 500 ms); measure with more --rounds.'],
  ['lazy loading is slower', [size(1024, 550, 500)], [sure(1024, 1.05, 1.2)],
    'Lazy loading does not help this API: the monolith is faster at 1024 MB; at 1024 MB the mean cold start is 10 % longer than the monolith\'s (550 ms, 500 ms).'],
  ['estimates', [size(1024, 300, 500, true)], [],
    'Lazy loading helps this API at 1024 MB: at 1024 MB the mean cold start is by estimate 40 % shorter than the monolith\'s (300 ms, 500 ms).'],
  ['no monolith', [size(1024, 300)], [], 'It is unknown whether lazy loading helps this API, because there is no monolith to compare it with.'],
])('one sentence says whether lazy loading helps: %s', (_, sizes, comparisons, expected) => {
  expect(verdictOf(sizes, comparisons, 1024)).toBe(expected);
});
