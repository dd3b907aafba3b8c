/**
 * The request line, in this process. ../client/report.test.ts tests it in Lambda's client, and the vectors in test/conformance test it for every
 * language.
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

/** Reports one request in an environment that has served other requests. */
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

test('a loaded router that throws a load failure does not count as a load failure', () => {
  expect(reported({ status: 500, errorCode: 'ROUTER_LOAD_FAILED' })).not.toHaveProperty('RouterLoadFailures');
});

test('an event that no API sends does not break the report', () => {
  const odd = { httpMethod: { toString: 1, valueOf: 1 }, path: [], requestContext: { requestTimeEpoch: 'x' } };
  expect(reported({ status: 404 }, { path: true }, odd)).toMatchObject({ status: 404, coldStart: false });
});

let deep: unknown = 'x';
for (let i = 0; i < 200_000; i++) deep = [deep];

test.each<[string, unknown]>([
  ['a metrics document', { _aws: {}, ServerErrors: 1e6 }], ['a deep value', deep], ['a number', 5], ['a toJSON', { toJSON: () => ({ _aws: {} }) }], ['long text', 'x'.repeat(1_000_000)],
])('%s in an event is logged as truncated text or not at all', (_, value) => {
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

test('a line stays within the limits of the format for any router and any event', () => {
  fc.assert(fc.property(fc.string({ maxLength: 5000, unit: 'binary' }).map((text) => `/${text}`), fc.anything(), fc.integer(), (router, context, status) => {
    const event = { requestContext: JSON.parse(JSON.stringify(context) ?? '1') as unknown };
    const line = reported({ status, router }, { perRouterMetrics: true, perVersionMetrics: true }, event);
    if (line) expectEmf(line);
    return Buffer.byteLength(JSON.stringify(line) ?? '') < 256 * 1024;
  }), { numRuns: 300 });
});

test.each(endpoints)('$name: the line is written before the handler resolves, because Lambda can freeze the environment after that', async ({ ask }) => {
  const lines = captureLog() as unknown as Array<Record<string, unknown>>;
  const app = { fetch: () => new Response('ok', { status: 201 }) };
  await ask({ '/users': app }, { path: '/users', resource: '/users' }, { report: report(OPTIONS) });
  expect(lines.map(({ status, router }) => [status, router])).toEqual([[201, '/users']]);
  expectEmf(lines[0]);
});
