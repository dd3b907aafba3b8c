/**
 * The line about a request, without a process of its own. How it looks in Lambda is told by ../client/report.test.ts, and for every language by the vectors in test/conformance.
 */
import * as fc from 'fast-check';
import { ERROR_CODES, ErrorCode, LOAD_FAILURE_CODES } from '../../../lib/contract/error-codes';
import { Flight } from '../../../lib/runtime/flights';
import { report, RequestReporter } from '../../../lib/runtime/report/report';
import { endpoints } from '../endpoints';
import { captureLog } from '../support';
import { expectEmf } from './emf';
import { http2 } from '../events';

const OPTIONS = { everyRequest: true, path: false, perRouterMetrics: false, perVersionMetrics: false };
const env = { ...process.env };

beforeEach(() => Object.assign(process.env, { AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand', AWS_LAMBDA_FUNCTION_NAME: 'api', AWS_LAMBDA_FUNCTION_VERSION: '7' }));
afterEach(() => {
  jest.restoreAllMocks();
  process.env = { ...env };
});

/** Reports one request in an environment that has served others. */
function reported(outcome: { status?: number; errorCode?: string; router?: string; load?: number; loaded?: boolean }, options = {}, event: unknown = http2({ path: '/users/patient-7', query: 'secret=1' })): Record<string, unknown> | undefined {
  const lines = captureLog() as unknown as Array<Record<string, unknown>>;
  const reporter: RequestReporter = report({ ...OPTIONS, ...options });
  const { status, errorCode, router = '/users', load } = outcome;
  const loaded = outcome.loaded === false ? undefined : performance.now();
  reporter.answered({ event, requestId: 'r', router, load, started: performance.now(), loaded, status, errorCode } as Flight);
  jest.restoreAllMocks();
  return lines[0];
}

test.each(Object.keys(ERROR_CODES) as ErrorCode[])('a router that fails with %s before it is loaded counts as a load failure if the contract says so', (errorCode) => {
  expect('RouterLoadFailures' in reported({ status: 500, errorCode, loaded: false })!).toBe(LOAD_FAILURE_CODES.includes(errorCode));
});

test('a router that is there, and throws what says that it is not, is no load failure', () => {
  expect(reported({ status: 500, errorCode: 'ROUTER_LOAD_FAILED' })).not.toHaveProperty('RouterLoadFailures');
});

test('an event that is no event of an API\'s does not break the answer', () => {
  const odd = { httpMethod: { toString: 1, valueOf: 1 }, path: [], requestContext: { requestTimeEpoch: 'x' } };
  expect(reported({ status: 404 }, { path: true }, odd)).toMatchObject({ status: 404, coldStart: false });
});

let deep: unknown = 'x';
for (let i = 0; i < 200_000; i++) deep = [deep];

test.each<[string, unknown]>([
  ['a document of metrics', { _aws: {}, ServerErrors: 1e6 }], ['something deep', deep], ['a number', 5], ['a toJSON', { toJSON: () => ({ _aws: {} }) }], ['long text', 'x'.repeat(1_000_000)],
])('%s in an event is told as cut text, or not at all', (_, value) => {
  for (const event of [
    { version: '2.0', rawPath: value, requestContext: { requestId: value, timeEpoch: value, http: { method: value } } },
    { path: value, httpMethod: value, requestContext: { requestId: value, requestTimeEpoch: value } },
  ]) {
    const line = reported({ status: 404 }, { path: true }, event)!;
    const text = typeof value === 'string' ? value : undefined;
    expect([line.apiRequestId, line.method, line.path]).toEqual([text?.slice(0, 128), text?.slice(0, 32), text?.slice(0, 2048)]);
    expect(line).toMatchObject({ ServerErrors: 0, message: `${text?.slice(0, 32) ?? '-'} /users 404` });
    expectEmf(line);
  }
});

test('the limits of the format hold for any router and any event', () => {
  fc.assert(fc.property(fc.string({ maxLength: 5000, unit: 'binary' }).map((text) => `/${text}`), fc.anything(), fc.integer(), (router, context, status) => {
    const event = { requestContext: JSON.parse(JSON.stringify(context) ?? '1') as unknown };
    const line = reported({ status, router }, { perRouterMetrics: true, perVersionMetrics: true }, event);
    if (line) expectEmf(line);
    return Buffer.byteLength(JSON.stringify(line) ?? '') < 256 * 1024;
  }), { numRuns: 300 });
});

test.each(endpoints)('$name: the line is written before the handler resolves, after which Lambda may freeze the environment', async ({ ask }) => {
  const lines = captureLog() as unknown as Array<Record<string, unknown>>;
  const app = { fetch: () => new Response('ok', { status: 201 }) };
  await ask({ '/users': app }, { path: '/users', resource: '/users' }, { report: report(OPTIONS) });
  expect(lines.map(({ status, router }) => [status, router])).toEqual([[201, '/users']]);
  expectEmf(lines[0]);
});
