/**
 * The line about a request, without a process of its own. How it looks in Lambda is told by ../client/report.test.ts.
 */
import * as fc from 'fast-check';
import { ERROR_CODES, ErrorCode, LOAD_FAILURE_CODES } from '../../../lib/contract/error-codes';
import { Flight } from '../../../lib/runtime/flights';
import { report, RequestReporter } from '../../../lib/runtime/report/report';
import { endpoints } from '../endpoints';
import { apiOf, captureLog, contextOf } from '../support';
import { expectEmf } from './emf';
import { http2, rest } from '../events';

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

test('a warm request has its duration, and no part of its path', () => {
  const line = reported({ status: 200 })!;
  expect(line).toMatchObject({ level: 'INFO', message: 'GET /users 200', method: 'GET', router: '/users', status: 200, coldStart: false, Requests: 1, ServerErrors: 0, RequestDuration: line.totalMs });
  expect(JSON.stringify(line)).not.toMatch(/patient|secret|curl|203\.0\.113/);
  expectEmf(line);
});

test('a path is told where it is asked for, without its query string, and cut', () => {
  expect(reported({ status: 200 }, { path: true })).toMatchObject({ path: '/users/patient-7' });
  expect(reported({ status: 200 }, { path: true }, rest({ path: `/${'x'.repeat(100_000)}` }))!.path).toHaveLength(2048);
});

test.each([
  ['a server error', { status: 500, errorCode: 'HANDLER_FAILED' }, { ServerErrors: 1 }],
  ['an answer of 503 that is the router\'s own', { status: 503 }, { ServerErrors: 1 }],
  ['a client error', { status: 404, errorCode: 'ROUTE_UNKNOWN' }, { ServerErrors: 0 }],
  ['a router that cannot be loaded', { status: 500, errorCode: 'ROUTER_LOAD_FAILED', loaded: false }, { ServerErrors: 1, RouterLoadFailures: 1 }],
  ['a router that exports nothing', { status: 500, errorCode: 'ROUTER_EXPORT', loaded: false }, { ServerErrors: 1, RouterLoadFailures: 1 }],
  ['an answer that broke off, which Lambda counts itself', { errorCode: 'HANDLER_FAILED' }, { ServerErrors: 0 }],
])('%s is counted', (_, outcome, metrics) => {
  const line = reported(outcome)!;
  expect(line).toMatchObject(metrics);
  expect(line.errorCode).toBe((outcome as { errorCode?: string }).errorCode);
  expectEmf(line);
});

test.each(Object.keys(ERROR_CODES) as ErrorCode[])('a router that fails with %s before it is loaded counts as a load failure if the contract says so', (errorCode) => {
  expect('RouterLoadFailures' in reported({ status: 500, errorCode, loaded: false })!).toBe(LOAD_FAILURE_CODES.includes(errorCode));
});

test('a router that is there, and throws what says that it is not, is no load failure', () => {
  expect(reported({ status: 500, errorCode: 'ROUTER_LOAD_FAILED' })).not.toHaveProperty('RouterLoadFailures');
});

test('where not every request is logged, cold starts and failures are, without the metrics that would be wrong', () => {
  expect(reported({ status: 200 }, { everyRequest: false })).toBeUndefined();
  expect(reported({ status: 404 }, { everyRequest: false })).toBeUndefined();
  expect(reported({ status: 200, load: 1 }, { everyRequest: false })).toMatchObject({ RouterLoadDuration: expect.any(Number) });
  const line = reported({ status: 500 }, { everyRequest: false })!;
  expect(Object.keys(line)).not.toEqual(expect.arrayContaining(['Requests']));
  expect(line.RequestDuration).toBeUndefined();
  expectEmf(line);
});

test('what does not come through an API is nobody\'s request', () => {
  expect([{}, null, 1, 'x', { lazyApi: 'verify' }].map((event) => reported({ status: 404 }, {}, event))).toEqual([undefined, undefined, undefined, undefined, undefined]);
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

test('metrics per router and per version are there where they are asked for', () => {
  expect(expectEmf(reported({ status: 200 })!)).toEqual(['FunctionName']);
  expect(expectEmf(reported({ status: 200 }, { perRouterMetrics: true })!)).toEqual(['FunctionName', 'FunctionName,Router']);
  expect(expectEmf(reported({ status: 500 }, { perVersionMetrics: true })!)).toEqual(['FunctionName', 'FunctionName,ExecutedVersion']);
});

test('the limits of the format hold for any router and any event', () => {
  fc.assert(fc.property(fc.string({ maxLength: 5000, unit: 'binary' }).map((text) => `/${text}`), fc.anything(), fc.integer(), (router, context, status) => {
    const event = { requestContext: JSON.parse(JSON.stringify(context) ?? '1') as unknown };
    const line = reported({ status, router }, { perRouterMetrics: true, perVersionMetrics: true }, event);
    if (line) expectEmf(line);
    return Buffer.byteLength(JSON.stringify(line) ?? '') < 256 * 1024;
  }), { numRuns: 300 });
});

test('INIT that could not load modules is counted at once', () => {
  const lines = captureLog() as unknown as Array<Record<string, unknown>>;
  const reporter = report(OPTIONS);
  reporter.initDone(0);
  reporter.initDone(2);
  expect(lines).toEqual([expect.objectContaining({ level: 'ERROR', RouterLoadFailures: 2 })]);
  expectEmf(lines[0]);
});

test('the first request of an environment tells what INIT took, and when it was a cold start', async () => {
  const lines = captureLog() as unknown as Array<Record<string, number>>;
  const api = apiOf({ '/users': async () => ({ statusCode: 200 }) }, { extras: { report: report(OPTIONS) } });
  await api.init({ base: '', chunks: [], routers: [], fetch: false });
  const event = { ...http2({ path: '/users', resource: '/users' }) };
  await api.handler({ ...event, requestContext: { ...event.requestContext, timeEpoch: Date.now() - 700 } } as never, contextOf());
  await api.handler(event, contextOf());
  const [cold, warm] = lines;
  expect(cold).toMatchObject({ coldStart: true, initType: 'on-demand', initMs: expect.any(Number), routerLoadMs: expect.any(Number), handlerMs: expect.any(Number) });
  expect(cold.ColdStartDuration).toBeGreaterThanOrEqual(700);
  expect(cold.InitAndLoadDuration).toBeCloseTo(cold.initMs + cold.routerLoadMs, 1);
  expect(cold.RouterLoadDuration).toBe(cold.routerLoadMs);
  expect(cold.RequestDuration).toBeUndefined();
  expect(warm).toMatchObject({ coldStart: false, RequestDuration: warm.totalMs });
  expect(['initMs', 'routerLoadMs', 'ColdStartDuration', 'InitAndLoadDuration', 'RouterLoadDuration'].filter((field) => field in warm)).toEqual([]);
});

test.each(endpoints)('$name: the line is written before the handler resolves, after which Lambda may freeze the environment', async ({ ask }) => {
  const lines = captureLog() as unknown as Array<Record<string, unknown>>;
  const app = { fetch: () => new Response('ok', { status: 201 }) };
  await ask({ '/users': app }, { path: '/users', resource: '/users' }, { report: report(OPTIONS) });
  expect(lines.map(({ status, router }) => [status, router])).toEqual([[201, '/users']]);
  expectEmf(lines[0]);
});
