import { createAssets } from '../harness/asset';
import { lambdaNodes, run } from '../harness/run';

const asset = createAssets();
const always = 'throw new Error("boom " + evaluated);';
const once = 'if (evaluated === 1) throw new Error("boom " + evaluated);';

describe.each(lambdaNodes)('on $runtime, INIT', ({ path: node }) => {
  test('loads only what the plan contains', async () => {
    const dir = asset({
      routers: { '/a': { imports: ['x.mjs'] }, '/b': { imports: ['y.mjs'] }, '/c': {} },
      shared: { 'x.mjs': {}, 'y.mjs': {} },
      preload: { chunks: ['x.mjs'], routers: ['/b'] },
    });
    expect((await run(node, dir, [])).evaluations).toEqual({ 'shared/x.mjs': 1, 'shared/y.mjs': 1, 'routers/b.mjs': 1 });
  });

  test.each([
    ['on-demand', 0], ['lambda-managed-instances', 0], ['provisioned-concurrency', 2], ['snap-start', 2],
  ])('for %s loads %d routers in addition to the plan', async (type, count) => {
    const dir = asset({ routers: { '/a': {}, '/b': {} } });
    const { evaluations } = await run(node, dir, [], { env: { AWS_LAMBDA_INITIALIZATION_TYPE: type } });
    expect(Object.keys(evaluations)).toHaveLength(count);
  });

  test('continues after a preloaded chunk fails, logs it once, and the chunk is tried again later', async () => {
    const dir = asset({
      routers: { '/a': { imports: ['mid.mjs'] }, '/b': {} },
      shared: { 'bad.mjs': { code: once }, 'mid.mjs': { imports: ['bad.mjs'] } },
      preload: { chunks: ['bad.mjs', 'mid.mjs'], routers: ['/b'] },
    });
    const { answers, logs, evaluations } = await run(node, dir, [{ ask: '/b' }, { ask: '/a' }, { ask: '/a', advance: 1_000 }]);
    expect(answers).toEqual(['200 b.mjs', '500 ROUTER_LOAD_FAILED', '200 a.mjs?attempt=1']);
    expect(logs).toMatchObject([
      { level: 'ERROR', code: 'ROUTER_LOAD_FAILED', chunk: 'shared/bad.mjs', routers: ['/a'], error: { message: 'boom 1' } },
      { level: 'ERROR', code: 'ROUTER_LOAD_FAILED', chunk: 'shared/bad.mjs', router: '/a', requestId: 'request-2' },
    ]);
    expect(evaluations).toEqual({ 'shared/bad.mjs': 2, 'shared/mid.mjs': 1, 'routers/a.mjs': 1, 'routers/b.mjs': 1 });
  });

  test('continues after a preloaded router fails, and logs it', async () => {
    const dir = asset({ routers: { '/a': { code: always }, '/b': {} }, preload: { routers: ['/a', '/b'] } });
    const { answers, logs } = await run(node, dir, [{ ask: '/a' }, { ask: '/b' }]);
    expect(answers).toEqual(['500 ROUTER_LOAD_FAILED', '200 b.mjs']);
    expect(logs[0]).toMatchObject({ code: 'ROUTER_LOAD_FAILED', router: '/a', chunk: 'routers/a.mjs', error: { message: 'boom 1' } });
  });

  test('continues after a preloaded module without a router', async () => {
    const dir = asset({ routers: { '/a': { code: 'export const a = 1;' }, '/b': {} }, preload: { routers: ['/a'] } });
    const { answers, logs } = await run(node, dir, [{ ask: '/b' }]);
    expect(answers).toEqual(['200 b.mjs']);
    expect(logs).toMatchObject([{ code: 'ROUTER_EXPORT', router: '/a' }]);
  });

  test('continues after preloaded code throws outside of its evaluation', async () => {
    const dir = asset({
      routers: { '/a': { code: 'setTimeout(() => { throw new Error("boom"); }); Promise.reject(new Error("bang")); await new Promise((r) => setTimeout(r, 50));' } },
      preload: { routers: ['/a'] },
    });
    const { answers, logs, client } = await run(node, dir, [{ ask: '/a' }]);
    expect(answers).toEqual(['200 a.mjs']);
    expect(logs.map(({ code }) => code).sort()).toEqual(['UNCAUGHT_EXCEPTION', 'UNHANDLED_REJECTION']);
    expect(client).toEqual([]);
  });
});

describe.each(lambdaNodes.slice(-1))('on $runtime, INIT', ({ path: node }) => {
  test('ends after 8 seconds while a chunk still loads', async () => {
    const dir = asset({
      routers: { '/a': { imports: ['slow.mjs'] }, '/b': {} },
      shared: { 'slow.mjs': { code: 'await new Promise((resolve) => setTimeout(resolve, 9_000));' } },
      preload: { chunks: ['slow.mjs'], routers: ['/b'] },
    });
    const { answers, logs, initialised } = await run(node, dir, [{ ask: '/b' }, { ask: '/a', remaining: 5_000 }]);
    expect(initialised).toBeGreaterThanOrEqual(7_950);
    expect(initialised).toBeLessThan(8_900);
    expect(answers).toEqual(['200 b.mjs', '200 a.mjs']);
    expect(logs).toMatchObject([{ level: 'WARN', code: 'INIT_TIMEOUT' }]);
  }, 20_000);
});
