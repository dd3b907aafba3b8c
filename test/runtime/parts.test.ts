import { createAssets } from './harness/asset';
import { lambdaNodes, run } from './harness/run';

const asset = createAssets();
const app = { code: 'export default { fetch: (request) => new Response(new URL(request.url).pathname) };' };
const bad = { code: 'throw new Error("boom");' };
const thrower = { code: 'export const handler = async () => { setTimeout(() => { throw new Error("boom"); }); await new Promise(() => {}); };' };

describe.each(lambdaNodes)('on $runtime', ({ path: node }) => {
  test('an app of Lambda handlers loads no part, whatever its handlers do', async () => {
    const dir = asset({ routers: { '/a': {}, '/b': { code: 'export const handler = async () => { throw new Error("boom"); };' } }, preload: { routers: ['/a'] } });
    const { answers, parts } = await run(node, dir, [{ ask: '/a' }, { ask: '/b' }, { ask: '/none' }]);
    expect(answers).toEqual(['200 a.mjs', '500 HANDLER_FAILED', '404 ROUTE_UNKNOWN']);
    expect(parts).toEqual([]);
  });

  test('the fetch part is loaded with the first request to a fetch router', async () => {
    const dir = asset({ routers: { '/a': app, '/b': {} } });
    const { answers, initialParts, parts } = await run(node, dir, [{ ask: '/b' }, [{ ask: '/a' }, { ask: '/a' }]]);
    expect(answers).toEqual(['200 b.mjs', '200 /', '200 /']);
    expect(initialParts).toEqual([]);
    expect(parts).toEqual(['fetch']);
  });

  test.each(['on-demand', 'provisioned-concurrency'])('the fetch part is loaded in INIT if the plan contains it, %s', async (type) => {
    const env = { AWS_LAMBDA_INITIALIZATION_TYPE: type };
    expect(await run(node, asset({ routers: { '/a': app }, preload: { fetch: true } }), [], { env })).toMatchObject({ initialParts: ['fetch'] });
    expect(await run(node, asset({ routers: { '/a': {} }, preload: { fetch: false } }), [], { env })).toMatchObject({ initialParts: [] });
  });

  test('if the fetch part cannot be loaded, INIT continues and Lambda handlers respond', async () => {
    const dir = asset({ routers: { '/a': app, '/b': {} }, preload: { fetch: true }, broken: 'fetch' });
    const { answers, logs } = await run(node, dir, [{ ask: '/a' }, { ask: '/b' }]);
    expect(answers).toEqual(['500 ROUTER_LOAD_FAILED', '200 b.mjs']);
    expect(logs).toMatchObject([
      { level: 'ERROR', code: 'ROUTER_LOAD_FAILED', error: { message: 'fetch is broken' } },
      { level: 'ERROR', code: 'ROUTER_LOAD_FAILED', router: '/a', error: { message: 'fetch is broken' } },
    ]);
  });

  test('recovery is loaded once, with the first router that fails to load', async () => {
    const { parts, initialParts } = await run(node, asset({ routers: { '/a': bad, '/b': bad } }), [[{ ask: '/a' }, { ask: '/b' }], { ask: '/a' }]);
    expect(initialParts).toEqual([]);
    expect(parts).toEqual(['recovery']);
  });

  test('recovery is loaded in INIT when a preloaded chunk fails', async () => {
    const dir = asset({ routers: { '/a': { imports: ['bad.mjs'] } }, shared: { 'bad.mjs': bad }, preload: { chunks: ['bad.mjs'] } });
    expect((await run(node, dir, [])).initialParts).toEqual(['recovery']);
  });

  test('recovery is loaded to end the environment', async () => {
    expect((await run(node, asset({ routers: { '/a': thrower } }), [{ ask: '/a' }])).parts).toEqual(['recovery']);
  });

  test('without recovery, the cause of a load failure is still logged', async () => {
    const { answers, logs } = await run(node, asset({ routers: { '/a': bad, '/b': {} }, broken: 'recovery' }), [{ ask: '/a' }, { ask: '/a' }, { ask: '/b' }]);
    expect(answers).toEqual(['500 ROUTER_LOAD_FAILED', '500 ROUTER_LOAD_FAILED', '200 b.mjs']);
    expect(logs).toHaveLength(2);
    for (const line of logs) expect(line).toMatchObject({ code: 'ROUTER_LOAD_FAILED', router: '/a', error: { message: 'boom' } });
  });

  test('without recovery, INIT logs the failure of a preloaded chunk and continues', async () => {
    const dir = asset({ routers: { '/a': { imports: ['bad.mjs'] }, '/b': {} }, shared: { 'bad.mjs': bad }, preload: { chunks: ['bad.mjs'] }, broken: 'recovery' });
    const { answers, logs } = await run(node, dir, [{ ask: '/b' }]);
    expect(answers).toEqual(['200 b.mjs']);
    expect(logs).toMatchObject([{ code: 'ROUTER_LOAD_FAILED', error: { message: 'boom' } }]);
  });

  test('without recovery, an uncaught exception still returns a response and ends the environment', async () => {
    const { answers, signal } = await run(node, asset({ routers: { '/a': thrower }, broken: 'recovery' }), [{ ask: '/a' }, { ask: '/a', pause: 2_000 }]);
    expect(answers).toEqual(['500 UNCAUGHT_EXCEPTION']);
    expect(signal).toBe('SIGKILL');
  });
});
