import { coldStartDuration } from '../../../lib/runtime/report/cold-start';

/** A process that started at 100 s and ended INIT 500 ms later. */
const START = { onDemand: true, processStarted: 100_000, initEnded: 100_500 };

test.each<[string, Partial<typeof START>, { arrived?: number; began: number; ended: number }, number | undefined]>([
  ['a request that started the environment waits from its arrival', {}, { arrived: 99_700, began: 100_510, ended: 100_600 }, 900],
  ['a request that arrives while Lambda starts the environment proactively waits for the remaining time', {}, { arrived: 100_400, began: 100_510, ended: 100_600 }, 200],
  ['a request that arrives after INIT does not wait', {}, { arrived: 100_501, began: 100_510, ended: 100_600 }, undefined],
  ['a request that arrives hours after INIT does not wait', {}, { arrived: 9_999_000, began: 9_999_010, ended: 9_999_100 }, undefined],
  ['with provisioned concurrency, no caller waits', { onDemand: false }, { arrived: 99_700, began: 100_510, ended: 100_600 }, undefined],
  ['an endpoint with a slow clock makes the cold start longer', {}, { arrived: 99_400, began: 100_510, ended: 100_600 }, 1200],
  ['an endpoint with a fast clock makes the cold start shorter, but not shorter than the function\'s own time', {}, { arrived: 100_499, began: 100_400, ended: 100_550 }, 150],
  ['without a time of arrival, a request right after INIT counts from the start of the process', {}, { began: 100_510, ended: 100_600 }, 600],
  ['without a time of arrival, a request long after INIT does not wait', {}, { began: 107_000, ended: 107_100 }, undefined],
])('%s', (_, start, { arrived, ...request }, duration) => {
  expect(coldStartDuration({ ...START, ...start }, { arrived, ...request })).toBe(duration);
});

test('a stale time of arrival is ignored', () => {
  expect(coldStartDuration(START, { arrived: 1, began: 100_510, ended: 100_600 })).toBe(600);
});
