import { measureColdStart } from '../../../lib/local/profile/cold-start';
import { FUNCTION_URL, HTTP_API, runnable } from '../support';

test('a cold start is measured as INIT, the first response, and warm responses, in one process', async () => {
  const source = 'let count = 0; export const handler = async () => { if (count++ === 0) await new Promise((resolve) => setTimeout(resolve, 100)); return { statusCode: 200 + count }; };';
  const sample = await measureColdStart(runnable(source), '{}', { endpoint: HTTP_API });
  expect(sample).toMatchObject({ status: 201, initMs: expect.any(Number) as unknown });
  if ('error' in sample) throw new Error(sample.error);
  expect(sample.firstMs).toBeGreaterThanOrEqual(99);
  expect(sample.warmMs).toBeLessThan(sample.firstMs);
  expect(sample.loadMs).toBeUndefined();
  if (process.platform === 'linux') expect(sample.peakMemoryMb).toBeGreaterThan(10);
});

test('the load time comes from the log line about the request', async () => {
  const source = 'export const handler = async (_, { awsRequestId }) => { process.stdout.write(JSON.stringify({ requestId: awsRequestId, totalMs: 9, routerLoadMs: 4.5 }) + String.fromCharCode(10)); return { statusCode: 404 }; };';
  expect(await measureColdStart(runnable(source), '{}', { endpoint: HTTP_API })).toMatchObject({ status: 404, loadMs: 4.5 });
});

test('a streamed response is read to its end', async () => {
  const source = 'export const handler = awslambda.streamifyResponse(async (_, stream) => { stream.write("a"); await new Promise((resolve) => setTimeout(resolve, 80)); stream.end("b"); });';
  const sample = await measureColdStart(runnable(source), '{}', { endpoint: FUNCTION_URL });
  expect(sample).toMatchObject({ status: 200 });
  expect((sample as { readonly firstMs: number }).firstMs).toBeGreaterThanOrEqual(79);
});

test.each([
  ['fails in INIT', 'throw new Error("no INIT");', /no INIT/],
  ['throws an error', 'export const handler = async () => { throw new TypeError("no answer"); };', /TypeError: no answer/],
  ['cannot load its router', 'export const handler = async () => { console.log("ROUTER_LOAD_FAILED: no such module"); return { statusCode: 500 }; };', /ROUTER_LOAD_FAILED.*no such module/s],
])('a measurement fails if the function %s', async (_, source, error) => {
  expect(await measureColdStart(runnable(source), '{}', { endpoint: HTTP_API })).toEqual({ error: expect.stringMatching(error) as unknown });
});
