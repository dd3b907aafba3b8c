import { RequestRecorder } from '../../../lib/local/page/request-recorder';
import { RequestLine } from '../../../lib/local/server/request-line';

const PREFIXES = new Set(['/users']);
const line = (given: Partial<RequestLine> = {}): RequestLine => ({ time: new Date(0), method: 'GET', path: '/users', status: 200, totalMs: 1, notes: [], ...given });

test('the recorder keeps the latest 50 requests, and truncates long values', () => {
  const recorder = new RequestRecorder();
  for (let i = 0; i < 200; i++) {
    recorder.record(line({ path: `/${i}/${'x'.repeat(10_000)}`, notes: ['n'.repeat(10_000)], router: `/logged/${i}` }), { environment: { hasEnded: i < 199 }, hasLoaded: true }, PREFIXES);
  }
  expect(recorder.latest).toHaveLength(50);
  expect(recorder.latest[0]).toMatchObject({ number: 200, path: expect.stringMatching(/^\/199\/x+…$/) as string });
  expect(JSON.stringify(recorder).length).toBeLessThan(150_000);
  expect(recorder.router('/logged/7').requests).toBe(0);
  expect(recorder.environments()).toBe(1);
});

test('the recorder counts the errors of each router, and keeps its load time', () => {
  const recorder = new RequestRecorder();
  const environment = { hasEnded: false };
  recorder.record(line({ router: '/users', cold: true, initMs: 100, loadMs: 7 }), { environment, hasLoaded: true }, PREFIXES);
  recorder.record(line({ router: '/users', cold: false, status: 502, totalMs: 3 }), { environment, hasLoaded: false }, PREFIXES);
  recorder.record(line({ status: undefined }), { hasLoaded: false }, PREFIXES);
  expect(recorder.router('/users')).toEqual({ requests: 2, errors: 1, lastStatus: 502, lastTotalMs: 3, loadMs: 7 });
  expect(recorder.all).toMatchObject({ requests: 3, errors: 1 });
  expect(recorder.meanInitMs).toBe(100);
  expect([recorder.environments('/users'), recorder.environments()]).toEqual([1, 1]);
});
