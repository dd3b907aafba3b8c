import { nextLimitMs } from '../../../lib/routers/verification/next-limit';

test.each<[when: string, routers: number, elapsedMs: number, blockedMs: number, limitMs: number]>([
  ['the whole limit at first', 30, 0, 0, 10_000],
  ['the whole limit after exits and crashes', 29, 50_000, 0, 10_000],
  ['all that is left when one router is left', 1, 10_100, 10_000, 5_000],
  ['a share of what is left', 3, 10_100, 10_000, 1_667],
  ['an equal share after the next one', 2, 11_900, 11_667, 1_667],
  ['a second at least', 29, 10_100, 10_000, 1_000],
  ['a second also when less is left', 5, 14_800, 14_500, 1_000],
  ['none when routers that block took 15 s', 24, 15_600, 15_000, 0],
  ['none after a minute of exits and crashes', 5, 60_001, 0, 0],
])('a router may take %s', (_, routers, elapsedMs, blockedMs, limitMs) => {
  expect(nextLimitMs(10_000, routers, { elapsedMs, blockedMs })).toBe(limitMs);
});

test('a shorter limit is never longer than the limit itself', () => {
  expect(nextLimitMs(500, 1, { elapsedMs: 500, blockedMs: 500 })).toBe(500);
});
