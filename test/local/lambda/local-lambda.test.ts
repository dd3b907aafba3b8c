import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { killParentOf } from './parent';
import { InvocationResult } from '../../../lib/local/lambda/invocation';
import { LocalFunction } from '../../../lib/local/lambda/local-function';
import { LocalLambda, LocalLambdaOptions } from '../../../lib/local/lambda/local-lambda';
import { lambdaNodes } from '../../lambda-node';
import { runnable } from '../support';

const open: LocalLambda[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((lambda) => lambda.close()));
});

function start(source: string, given: Partial<LocalFunction> = {}, options: LocalLambdaOptions = {}) {
  const output: string[] = [];
  const lambda = new LocalLambda(runnable(source, given), { output: (text) => output.push(text), ...options });
  open.push(lambda);
  const invoke = async (event: unknown = {}) => describe_((await lambda.invoke(JSON.stringify(event))).result);
  return { lambda, invoke, output };
}

async function describe_(result: InvocationResult): Promise<string> {
  if (result.kind === 'failed') return `${result.errorType}: ${result.errorMessage}`;
  if (result.kind === 'returned') return result.payload.toString();
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of result.payload) chunks.push(chunk as Buffer);
  } catch (error) {
    return `${Buffer.concat(chunks).toString()} and then ${(error as Error).message}`;
  }
  return Buffer.concat(chunks).toString();
}

describe.each(lambdaNodes)('on $runtime', ({ path: node }) => {
  test('a function gets its event, its variables and its context', async () => {
    const lambda = new LocalLambda(runnable(`export const handler = async (event, context) => ({
      event, stage: process.env.STAGE, task: process.cwd() === process.env.LAMBDA_TASK_ROOT, memory: context.memoryLimitInMB,
      left: context.getRemainingTimeInMillis() > 9_000, home: process.env.HOME ?? null,
    });`, { environment: { STAGE: 'local' } }, node));
    open.push(lambda);
    const { result, initMs } = await lambda.invoke('{"a":1}');
    expect(JSON.parse(await describe_(result))).toEqual({ event: { a: 1 }, stage: 'local', task: true, memory: '512', left: true, home: null });
    expect(initMs).toBeGreaterThan(0);
    expect((await lambda.invoke('{}')).initMs).toBeUndefined();
  });

  test('a response is streamed', async () => {
    const { lambda } = start(`export const handler = awslambda.streamifyResponse(async (event, stream) => {
      stream.setContentType('text/plain');
      stream.write('a');
      await new Promise((resolve) => setTimeout(resolve, 200));
      stream.end('b');
    });`);
    const { result } = await lambda.invoke('{}');
    expect(result).toMatchObject({ kind: 'streamed', contentType: 'text/plain' });
    expect(await describe_(result)).toBe('ab');
    expect(await describe_((await lambda.invoke('{}')).result)).toBe('ab');
  });
});

test('a large event and a large response arrive complete, even if they arrive in parts', async () => {
  const { invoke } = start('export const handler = async ({ text }) => text.replaceAll("ä", "öü");');
  expect(await invoke({ text: 'ä'.repeat(1_000_000) })).toBe(JSON.stringify('öü'.repeat(1_000_000)));
  expect(await invoke({ text: '' })).toBe('""');
});

test('a burst of short invocations does not start an environment for each invocation', async () => {
  const { lambda } = start('export const handler = async () => process.pid;');
  const pids = await Promise.all(Array.from({ length: 10 }, async () => (await lambda.invoke('{}')).environment.pid));
  expect(new Set(pids).size).toBeLessThanOrEqual(availableParallelism());
});

(process.platform === 'linux' ? test : test.skip)('an environment reports the CPU time of its process, which does not include waiting', async () => {
  const { lambda } = start(`export const handler = async ({ busy, idle }) => {
    const computed = ({ user, system }) => (user + system) / 1000;
    for (const from = process.cpuUsage(); computed(process.cpuUsage(from)) < busy;);
    await new Promise((resolve) => setTimeout(resolve, idle));
  };`);
  const { environment } = await lambda.invoke('{ "busy": 0, "idle": 0 }');
  const took = async (event: object) => {
    const before = environment.cpuTimeMs!;
    await lambda.invoke(JSON.stringify(event));
    return environment.cpuTimeMs! - before;
  };
  expect(await took({ busy: 0, idle: 1000 })).toBeLessThan(200);
  expect(await took({ busy: 400, idle: 0 })).toBeGreaterThan(300);
  await lambda.close();
  expect(environment.cpuTimeMs).toBeUndefined();
});

describe('an invocation fails', () => {
  test('with the error that the handler throws', async () => {
    const { invoke } = start('export const handler = async () => { throw new TypeError("no"); };');
    expect(await invoke()).toBe('TypeError: no');
    expect(await invoke()).toBe('TypeError: no');
  });

  test('at the function\'s timeout, and the next invocation gets a new environment', async () => {
    const { invoke } = start('let n = 0; export const handler = async ({ hang }) => hang ? new Promise((resolve) => setTimeout(resolve, 60_000)) : ++n;', { timeoutMs: 300 });
    expect(await invoke()).toBe('1');
    expect(await invoke()).toBe('2');
    expect(await invoke({ hang: true })).toMatch(/^Sandbox\.Timedout: RequestId: \S+ Error: Task timed out after 0\.30 seconds$/);
    expect(await invoke()).toBe('1');
  });

  test('but not when the process blocks after it has responded; the next invocation gets a new environment', async () => {
    const { invoke } = start(`import { createHook } from "node:async_hooks";
      const blockBeforeNext = () => createHook({ init: (_, type) => { while (type === "generic"); } }).enable();
      export const handler = async ({ block }) => { if (block) blockBeforeNext(); return process.pid; };`, { timeoutMs: 1000 });
    const [answered, next] = [await invoke({ block: true }), await invoke()];
    expect([answered, next].every((pid) => Number(pid) > 0)).toBe(true);
    expect(next).not.toBe(answered);
  });

  test('when the process exits', async () => {
    const { invoke } = start('export const handler = async ({ code }) => process.exit(code);');
    expect(await invoke({ code: 3 })).toBe('Runtime.ExitError: Runtime exited with error: exit status 3');
    expect(await invoke({ code: 0 })).toBe('Runtime.ExitError: Runtime exited without providing a reason');
  });

  test('when the process is killed', async () => {
    const { invoke } = start('export const handler = async () => process.kill(process.pid, "SIGKILL");');
    expect(await invoke()).toBe('Runtime.ExitError: Runtime exited with signal SIGKILL');
  });

  test('when INIT throws, with the error that it throws', async () => {
    const { invoke } = start('throw new RangeError("bad variable");');
    expect(await invoke()).toMatch(/^RangeError: bad variable$/);
  });

  test('when INIT takes longer than its limit', async () => {
    const lambda = new LocalLambda(runnable('await new Promise((resolve) => setTimeout(resolve, 60_000));'), { initLimitMs: 300 });
    open.push(lambda);
    expect(await describe_((await lambda.invoke('{}')).result)).toBe('Sandbox.Timedout: INIT took longer than 0.3 seconds');
  });

  test('when the process uses more memory than the function has', async () => {
    const source = 'const kept = []; export const handler = async ({ megabytes }) => { for (let i = 0; i < megabytes; i++) kept.push(Buffer.alloc(1024 * 1024, 1)); await new Promise((resolve) => setTimeout(resolve, 1000)); return kept.length; };';
    const { invoke } = start(source, { memoryMb: 200 });
    expect(await invoke({ megabytes: 10 })).toBe('10');
    expect(await invoke({ megabytes: 400 })).toMatch(/^Runtime\.OutOfMemory: RequestId: \S+ Error: Runtime exited with error: signal: killed$/);
    expect(await invoke({ megabytes: 10 })).toBe('10');
  });

  test('with a response that is larger than 6 MB', async () => {
    const { invoke } = start('export const handler = async ({ length }) => "x".repeat(length);');
    expect(await invoke({ length: 6_291_500 })).toHaveLength(6_291_502);
    expect(await invoke({ length: 6_291_560 })).toBe('Function.ResponseSizeTooLarge: Response payload size exceeded maximum allowed payload size (6291556 bytes).');
  });

  test('when the process exits in the middle of a stream that is no longer read', async () => {
    const { lambda, invoke } = start('export const handler = awslambda.streamifyResponse(async (event, stream) => { stream.write("a"); setTimeout(() => process.exit(1), 200); await new Promise(() => {}); });');
    const { result } = await lambda.invoke('{}');
    if (result.kind === 'streamed') result.payload.destroy();
    await wait(400);
    expect(await invoke()).toMatch(/^a and then/);
  });

  test('when the handler throws in the middle of a stream', async () => {
    const { invoke } = start(`export const handler = awslambda.streamifyResponse(async (event, stream) => {
      stream.write('a');
      await new Promise((resolve) => setTimeout(resolve, 200));
      throw new TypeError('no');
    });`);
    expect(await invoke()).toMatch(/^a and then \w*\.?TypeError$/);
  });

  test('when the process exits in the middle of a stream', async () => {
    const { invoke } = start('export const handler = awslambda.streamifyResponse(async (event, stream) => { stream.write("a"); setTimeout(() => process.exit(1), 200); await new Promise(() => {}); });');
    expect(await invoke()).toBe('a and then Runtime exited with error: exit status 1');
  });
});

describe('environments', () => {
  const COUNTER = 'let n = 0; export const handler = async ({ ms = 0 }) => { n++; await new Promise((resolve) => setTimeout(resolve, ms)); return n; };';

  test('serve one invocation at a time, so that concurrent invocations get separate environments', async () => {
    const { invoke } = start(COUNTER);
    expect(await Promise.all([invoke({ ms: 1500 }), invoke({ ms: 1500 }), invoke({ ms: 1500 })])).toEqual(['1', '1', '1']);
    expect(await invoke()).toBe('2');
  });

  test('are not started for an invocation that waits only briefly', async () => {
    const { invoke } = start(COUNTER);
    await invoke();
    expect(await Promise.all([invoke(), invoke()])).toEqual(['2', '3']);
  });

  test('do not exceed the concurrency; further invocations wait', async () => {
    const { invoke } = start(COUNTER, {}, { concurrency: 1 });
    expect(await Promise.all([invoke(), invoke(), invoke()])).toEqual(['1', '2', '3']);
  });

  test('are new for each invocation if cold is set', async () => {
    const { lambda } = start(COUNTER, {}, { cold: true });
    for (const _ of [1, 2, 3]) {
      const { result, initMs } = await lambda.invoke('{}');
      expect(await describe_(result)).toBe('1');
      expect(initMs).toBeGreaterThan(0);
    }
  });

  test('of an older version finish their invocation, and get no further ones', async () => {
    const { lambda, invoke } = start(COUNTER);
    await invoke();
    const before = invoke({ ms: 2000 });
    let isGone = false;
    const replaced = lambda.replace(runnable('export const handler = async () => "new";')).then(() => { isGone = true; });
    expect(await invoke()).toBe('"new"');
    expect(isGone).toBe(false);
    expect(await before).toBe('2');
    await replaced;
    expect(await invoke()).toBe('"new"');
  });

  test('start before the next invocation with warmUp, unless each invocation gets its own', async () => {
    const source = 'console.log("INIT"); export const handler = async () => "ok";';
    const { lambda, invoke, output } = start(source);
    lambda.warmUp();
    lambda.warmUp();
    while (!output.join('').includes('INIT')) await wait(5);
    await invoke();
    expect(output.join('').match(/INIT/g)).toHaveLength(1);
    const each = start(source, {}, { cold: true });
    each.lambda.warmUp();
    await wait(300);
    expect(each.output).toEqual([]);
  });

  test('that end while they are idle are replaced', async () => {
    const { invoke } = start('export const handler = async ({ die }) => { if (die) setTimeout(() => process.exit(1), 20); return process.pid; };');
    const first = await invoke({ die: true });
    await wait(200);
    expect(await invoke()).not.toBe(first);
  });

  test('end when the function is closed', async () => {
    const { lambda, invoke } = start('export const handler = async () => process.pid;');
    const pid = await invoke();
    await lambda.close();
    expect(() => process.kill(Number(pid), 0)).toThrow(/ESRCH/);
  });

  test('end when the process that started them ends, even if it is killed while the function is busy', async () => {
    const busy = runnable('import { writeSync } from "node:fs"; export const handler = async () => { writeSync(1, String(process.pid)); while (true); };');
    expect(await killParentOf(busy)).toEqual([true, false]);
  }, 10_000);

  test('pass on the output of the function', async () => {
    const { invoke, output } = start('export const handler = async () => { console.log("hello"); return 1; };');
    await invoke();
    expect(output.join('')).toContain('hello');
  });
});

test('the runtime client comes with the package, with its license', () => {
  const directory = '../../../lib/local/node/aws-lambda-ric';
  expect(readFileSync(require.resolve(`${directory}/LICENSE`), 'utf8')).toContain('Apache License');
  expect(readFileSync(require.resolve(`${directory}/index.mjs`), 'utf8')).toContain('nodejs');
});
