import { createAssets } from '../harness/asset';
import { Invocation, lambdaNodes, run } from '../harness/run';

const asset = createAssets();
const ask = (prefix: string, advance = 0): Invocation => ({ ask: prefix, advance });
const failTimes = (times: number) => `if (evaluated <= ${times}) throw new Error('boom ' + evaluated);`;
const always = failTimes(99);

describe.each(lambdaNodes)('on $runtime', ({ path: node }) => {
  test('a router that fails to load returns 500, the log names router, chunk, and cause, and other routers respond', async () => {
    const dir = asset({ routers: { '/a': { code: always }, '/b': {} } });
    const { answers, logs, results, exitCode } = await run(node, dir, [ask('/a'), ask('/b')]);
    expect(answers).toEqual(['500 ROUTER_LOAD_FAILED', '200 b.mjs']);
    expect(JSON.parse(results[0].body ?? '')).toEqual({ message: 'Internal Server Error', code: 'ROUTER_LOAD_FAILED', requestId: 'request-1' });
    expect(logs).toMatchObject([{
      level: 'ERROR',
      code: 'ROUTER_LOAD_FAILED',
      message: 'router /a cannot be loaded, chunk routers/a.mjs failed',
      router: '/a',
      chunk: 'routers/a.mjs',
      requestId: 'request-1',
      error: { name: 'Error', message: 'boom 1', stack: expect.stringContaining('routers/a.mjs') },
    }]);
    expect(exitCode).toBe(0);
  });

  test('a router that fails once recovers after a second', async () => {
    const dir = asset({ routers: { '/a': { code: failTimes(1) } } });
    const { answers, evaluations } = await run(node, dir, [ask('/a'), ask('/a'), ask('/a', 1_000), ask('/a')]);
    expect(answers).toEqual(['500 ROUTER_LOAD_FAILED', '500 ROUTER_LOAD_FAILED', '200 a.mjs?attempt=1', '200 a.mjs?attempt=1']);
    expect(evaluations).toEqual({ 'routers/a.mjs': 2 });
  });

  test('a router that always fails is evaluated four times: immediately and after 1, 10, and 60 seconds', async () => {
    const dir = asset({ routers: { '/a': { code: always } } });
    const counts: number[] = [];
    const steps = [ask('/a'), ask('/a', 900), ask('/a', 100), ask('/a', 9_900), ask('/a', 100), ask('/a', 59_900), ask('/a', 100), ask('/a', 10_000_000)];
    for (let i = 1; i <= steps.length; i++) counts.push((await run(node, dir, steps.slice(0, i))).evaluations['routers/a.mjs']);
    expect(counts).toEqual([1, 1, 2, 2, 3, 3, 4, 4]);
  }, 30_000);

  test('a shared chunk that fails once recovers for all of its routers, and healthy chunks keep their one instance', async () => {
    const dir = asset({
      routers: { '/a': { imports: ['ok.mjs', 'mid.mjs'] }, '/b': { imports: ['mid.mjs'] }, '/c': { imports: ['bad.mjs'] }, '/d': { imports: ['ok.mjs'] } },
      shared: { 'ok.mjs': {}, 'bad.mjs': { code: failTimes(1) }, 'mid.mjs': { imports: ['bad.mjs', 'ok.mjs'] } },
    });
    const { answers, evaluations, logs } = await run(node, dir, [ask('/a'), ask('/b'), ask('/d'), ask('/a', 1_000), ask('/b'), ask('/c')]);
    expect(answers).toEqual([
      '500 ROUTER_LOAD_FAILED', '500 ROUTER_LOAD_FAILED', '200 d.mjs', '200 a.mjs?attempt=1', '200 b.mjs?attempt=1', '200 c.mjs',
    ]);
    expect(logs.map(({ router, chunk }) => [router, chunk])).toEqual([['/a', 'shared/bad.mjs'], ['/b', 'shared/bad.mjs']]);
    expect(evaluations).toEqual({
      'shared/ok.mjs': 1, 'shared/bad.mjs': 2, 'shared/mid.mjs': 1, 'routers/a.mjs': 1, 'routers/b.mjs': 1, 'routers/c.mjs': 1, 'routers/d.mjs': 1,
    });
  });

  test('a shared chunk that always fails is evaluated four times however many routers need it', async () => {
    const prefixes = ['/a', '/b', '/c', '/d', '/e'];
    const dir = asset({ routers: Object.fromEntries(prefixes.map((prefix) => [prefix, { imports: ['bad.mjs'] }])), shared: { 'bad.mjs': { code: always } } });
    const all = (advance: number) => prefixes.map((prefix, i) => ask(prefix, i ? 0 : advance));
    const { answers, evaluations } = await run(node, dir, [all(0), all(0), all(1_000), all(10_000), all(60_000), all(3_600_000)]);
    expect(new Set(answers)).toEqual(new Set(['500 ROUTER_LOAD_FAILED']));
    expect(evaluations).toEqual({ 'shared/bad.mjs': 4 });
  });

  test('requests at the same time share the attempt', async () => {
    const dir = asset({ routers: { '/a': { imports: ['bad.mjs'] }, '/b': { imports: ['bad.mjs'] } }, shared: { 'bad.mjs': { code: failTimes(1) } } });
    const { answers, evaluations } = await run(node, dir, [[ask('/a'), ask('/b'), ask('/a')], [ask('/a', 1_000), ask('/b'), ask('/b')]]);
    expect(answers.slice(3).sort()).toEqual(['200 a.mjs?attempt=1', '200 b.mjs?attempt=1', '200 b.mjs?attempt=1']);
    expect(evaluations).toEqual({ 'shared/bad.mjs': 2, 'routers/a.mjs': 1, 'routers/b.mjs': 1 });
  });

  test('two chunks that fail one after the other are both tried again', async () => {
    const dir = asset({
      routers: { '/a': { imports: ['one.mjs', 'two.mjs'] } },
      shared: { 'one.mjs': { code: failTimes(1) }, 'two.mjs': { code: failTimes(1) } },
    });
    const { answers, logs, evaluations } = await run(node, dir, [ask('/a'), ask('/a', 1_000), ask('/a', 1_000)]);
    expect(answers).toEqual(['500 ROUTER_LOAD_FAILED', '500 ROUTER_LOAD_FAILED', '200 a.mjs?attempt=1']);
    expect(logs.map(({ chunk }) => chunk)).toEqual(['shared/one.mjs', 'shared/two.mjs']);
    expect(evaluations).toEqual({ 'shared/one.mjs': 2, 'shared/two.mjs': 2, 'routers/a.mjs': 1 });
  });

  test('chunks that throw the same text are distinguished', async () => {
    const dir = asset({
      routers: { '/a': { imports: ['one.mjs'], code: 'if (evaluated === 1) throw "boom";' } },
      shared: { 'one.mjs': { code: 'if (evaluated === 1) throw "boom";' } },
    });
    const { answers, logs } = await run(node, dir, [ask('/a'), ask('/a', 1_000), ask('/a', 1_000)]);
    expect(logs[0]).toMatchObject({ chunk: 'shared/one.mjs', error: { name: 'string', message: 'boom' } });
    expect(answers[2]).toMatch(/^200/);
  });

  test('an asynchronous evaluation can fail and recover, too', async () => {
    const dir = asset({
      routers: { '/a': { imports: ['bad.mjs'] } },
      shared: { 'bad.mjs': { code: `await new Promise((resolve) => setTimeout(resolve, 20)); ${failTimes(1)}` } },
    });
    const { answers } = await run(node, dir, [[ask('/a'), ask('/a')], [ask('/a', 1_000), ask('/a')]]);
    expect(answers).toEqual(['500 ROUTER_LOAD_FAILED', '500 ROUTER_LOAD_FAILED', '200 a.mjs?attempt=1', '200 a.mjs?attempt=1']);
  });

  test.each([
    ['a syntax error', 'this is no JavaScript;', 'SyntaxError'],
    ['an import of a missing module', "import 'not-installed';", "Cannot find package 'not-installed'"],
    ['an import of a missing file', "import '../failures/gone.mjs';", 'Cannot find module'],
    ['an import of a name that is not exported', "import { gone } from 'node:fs';", "does not provide an export named 'gone'"],
    ['a missing file', "import { readFileSync } from 'node:fs'; readFileSync('/gone');", 'ENOENT'],
  ])('%s is not tried again', async (_, code, message) => {
    const dir = asset({ routers: { '/a': { imports: ['bad.mjs'] }, '/b': {} }, shared: { 'bad.mjs': { code } } });
    const { answers, logs } = await run(node, dir, [ask('/a'), ask('/a', 3_600_000), ask('/b')]);
    expect(answers).toEqual(['500 ROUTER_LOAD_FAILED', '500 ROUTER_LOAD_FAILED', '200 b.mjs']);
    expect(logs).toHaveLength(2);
    for (const { chunk, error } of logs) {
      expect(chunk).toBe('shared/bad.mjs');
      expect(`${error?.name}: ${error?.message}`).toContain(message);
      expect(error?.stack).not.toContain('attempt=');
    }
  });

  test('without a manifest, the failure is logged without the chunk and is not tried again', async () => {
    const dir = asset({ routers: { '/a': { code: failTimes(1) } }, manifest: false });
    const { answers, logs, evaluations } = await run(node, dir, [ask('/a'), ask('/a', 1_000)]);
    expect(answers).toEqual(['500 ROUTER_LOAD_FAILED', '500 ROUTER_LOAD_FAILED']);
    expect(logs[1]).toMatchObject({ router: '/a', error: { message: 'boom 1' } });
    expect(evaluations).toEqual({ 'routers/a.mjs': 1 });
  });

  test('a top-level await that hangs times out with 504, also for the next request', async () => {
    const dir = asset({ routers: { '/a': { imports: ['slow.mjs'] }, '/b': {} }, shared: { 'slow.mjs': { code: 'await new Promise(() => {});' } } });
    const { answers, evaluations } = await run(node, dir, [{ ask: '/a', remaining: 200 }, { ask: '/a', remaining: 200 }, ask('/b')]);
    expect(answers).toEqual(['504 TIMEOUT', '504 TIMEOUT', '200 b.mjs']);
    expect(evaluations).toEqual({ 'shared/slow.mjs': 1, 'routers/b.mjs': 1 });
  });
});
