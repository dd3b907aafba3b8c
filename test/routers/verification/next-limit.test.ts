import { nextLimitMs } from '../../../lib/routers/verification/next-limit';

test.each<[when: string, routers: number, elapsedMs: number, blockedMs: number, limitMs: number]>([
  ['the full limit if no router has blocked', 30, 0, 0, 10_000],
  ['the full limit after exits and crashes', 29, 50_000, 0, 10_000],
  ['all of the remaining time if it is the last router', 1, 10_100, 10_000, 5_000],
  ['an equal share of the remaining time', 3, 10_100, 10_000, 1_667],
  ['an equal share again after another router has blocked', 2, 11_900, 11_667, 1_667],
  ['at least one second', 29, 10_100, 10_000, 1_000],
  ['one second even if less time remains', 5, 14_800, 14_500, 1_000],
  ['no time if routers that block took 15 s', 24, 15_600, 15_000, 0],
  ['no time after a minute of exits and crashes', 5, 60_001, 0, 0],
])('a router may take %s', (_, routers, elapsedMs, blockedMs, limitMs) => {
  expect(nextLimitMs(10_000, routers, { elapsedMs, blockedMs })).toBe(limitMs);
});

test('the minimum of one second does not exceed a shorter limit', () => {
  expect(nextLimitMs(500, 1, { elapsedMs: 500, blockedMs: 500 })).toBe(500);
});
