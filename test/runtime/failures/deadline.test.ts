import { createLazyApi } from '../../../lib/runtime/lazy-api';
import { functionUrl } from '../events';
import { apiOf, bodyOf, captureLog, contextOf, parts, recorder } from '../support';

beforeEach(() => jest.useFakeTimers());

afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

const never = () => new Promise<never>(() => {});

test.each([[30_000, 29_500], [1_001, 501], [1_000, 500], [200, 100]])('with %d ms left, a router that never settles times out with 504 after %d ms', async (left, after) => {
  const lines = captureLog();
  const answer = apiOf({ '/': never }).handler(functionUrl({}), contextOf(left));
  const settled = jest.fn();
  void answer.then(settled);
  await jest.advanceTimersByTimeAsync(after - 1);
  expect(settled).not.toHaveBeenCalled();
  await jest.advanceTimersByTimeAsync(1);
  const result = await answer;
  expect(result.statusCode).toBe(504);
  expect(bodyOf(result)).toEqual({ message: 'Gateway Timeout', code: 'TIMEOUT', requestId: 'request-1' });
  expect(lines).toMatchObject([{ level: 'ERROR', code: 'TIMEOUT', router: '/', requestId: 'request-1' }]);
});

test('request.signal is aborted, and the router\'s later result is ignored', async () => {
  captureLog();
  const router = recorder(({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('late')))));
  const answer = apiOf({ '/': router }).handler(functionUrl({}), contextOf(2_000));
  await jest.advanceTimersByTimeAsync(1_499);
  expect(router.requests[0].signal.aborted).toBe(false);
  await jest.advanceTimersByTimeAsync(1);
  expect(router.requests[0].signal.aborted).toBe(true);
  expect((await answer).statusCode).toBe(504);
});

test('the timer ends with the response', async () => {
  await apiOf({ '/': async () => 'ok' }).handler(functionUrl({}), contextOf());
  expect(jest.getTimerCount()).toBe(0);
});

test('there is no timer if the remaining time is unknown', async () => {
  expect(await apiOf({ '/': async () => 'ok' }).handler(functionUrl({}), undefined as never)).toMatchObject({ statusCode: 200 });
  expect(await apiOf({ '/': async () => 'ok' }).handler(functionUrl({}), {} as never)).toMatchObject({ statusCode: 200 });
  expect(jest.getTimerCount()).toBe(0);
});

test('a router that hangs while it loads times out with 504, and later requests wait for the same load', async () => {
  captureLog();
  const load = jest.fn(never);
  const api = createLazyApi({ routes: [{ prefix: '/', load }] }, {}, parts);
  for (let i = 0; i < 2; i++) {
    const answer = api.handler(functionUrl({}), contextOf());
    await jest.advanceTimersByTimeAsync(30_000);
    expect((await answer).statusCode).toBe(504);
  }
  expect(load).toHaveBeenCalledTimes(1);
});
