/**
 * What the function logs through the real runtime client with Lambda's JSON log format. Compares the types of the contract with these lines.
 */
import { ApiEndpoint, LazyApiFunctionProps, PreloadPolicy, Verify } from '../../../lib';
import { lambdaNodes } from '../../lambda-node';
import { ClientOptions, runInClient } from '../../lambda-node/runtime-client';
import { assetOf, newApi, routersOf } from '../../support/app';
import { functionUrl, http2 } from '../events';
import { expectEmf } from '../report/emf';

const ROUTERS = {
  'src/routers/users.ts': `
    import { getLogger } from 'cdk-lazy-api/runtime';
    const logger = getLogger({ component: 'users' });
    export default { fetch: (request) => { logger.info('asked', { method: request.method }); return new Response('ok', { status: 201 }); } };`,
};

const STREAMED = {
  'src/routers/app.ts': 'export default { fetch: () => new Response("streamed", { status: 202 }) };',
  'src/routers/handler.ts': `
    export const handler = awslambda.streamifyResponse(async (event, stream) => {
      const body = awslambda.HttpResponseStream.from(stream, { statusCode: 503, headers: {} });
      body.write('x'); body.end();
    });`,
  'src/routers/raw.ts': 'export const handler = awslambda.streamifyResponse(async (event, stream) => { stream.write("x"); stream.end(); });',
  'src/routers/breaks.ts': 'export const handler = awslambda.streamifyResponse(async (event, stream) => { stream.write("part"); throw new Error("late"); });',
};

type Line = Record<string, unknown>;

const build = (props: Partial<LazyApiFunctionProps> = {}, files: Record<string, string> = ROUTERS, basePath = '/api') =>
  assetOf(newApi({ routers: routersOf(files, basePath), preloadPolicy: PreloadPolicy.nothing(), verify: Verify.off(), ...props }));
const asset = build();

/** A request that arrived before the environment started. */
function ask(router: string) {
  const event = http2({ path: `/api/${router}/patient-7`, resource: `/api/${router}/{proxy+}`, query: 'q=secret' });
  return { ...event, requestContext: { ...event.requestContext, timeEpoch: Date.now() } };
}

describe.each(lambdaNodes)('on $runtime', (node) => {
  async function run(events: readonly unknown[], options: ClientOptions = {}, of = asset) {
    const { stdout, delivered } = await runInClient(node, of, events, options);
    const lines = stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Line);
    return { lines, delivered, requests: lines.filter((line) => 'totalMs' in line) };
  }

  test('a cold start and a warm request are reported', async () => {
    const { lines, requests: [cold, warm] } = await run([ask('users'), ask('users')]);
    expect(cold).toMatchObject({
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      level: 'INFO',
      message: 'GET /api/users 201',
      requestId: 'request-0',
      apiRequestId: 'id=',
      router: '/api/users',
      method: 'GET',
      status: 201,
      coldStart: true,
      initType: 'on-demand',
      FunctionName: 'api',
      Requests: 1,
      ServerErrors: 0,
    });
    for (const field of ['initMs', 'routerLoadMs', 'handlerMs', 'totalMs', 'ColdStartDuration', 'InitAndLoadDuration']) expect([field, cold[field]]).toEqual([field, expect.any(Number)]);
    expect(cold.ColdStartDuration).toBeGreaterThanOrEqual(cold.initMs as number);
    expect(warm).toMatchObject({ requestId: 'request-1', coldStart: false, RequestDuration: warm.totalMs });
    expect(Object.keys(warm)).not.toEqual(expect.arrayContaining(['initMs']));
    for (const line of [cold, warm]) expect(expectEmf(line)).toEqual(['FunctionName']);
    expect(JSON.stringify(lines)).not.toMatch(/patient-7|secret/);
    const asked = lines.filter(({ message }) => message === 'asked');
    expect(asked).toEqual(['request-0', 'request-1'].map((requestId) => ({ timestamp: expect.any(String), level: 'INFO', message: 'asked', requestId, router: '/api/users', component: 'users', method: 'GET' })));
  });

  test('streamed responses are reported when they are complete, with the status that a streaming handler wrote', async () => {
    const streamed = build({ endpoint: ApiEndpoint.functionUrl({ streaming: true }) }, STREAMED, '/');
    const { requests } = await run(['app', 'handler', 'raw', 'breaks'].map((name) => functionUrl({ path: `/${name}` })), {}, streamed);
    expect(requests.map(({ router, status, ServerErrors, errorCode }) => [router, status, ServerErrors, errorCode])).toEqual([
      ['/app', 202, 0, undefined],
      ['/handler', 503, 1, undefined],
      ['/raw', 200, 0, undefined],
      ['/breaks', undefined, 0, 'HANDLER_FAILED'],
    ]);
    requests.forEach(expectEmf);
  });
});
