/** Lambda's runtime client for Python, with the stand-in for its native module. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LocalFunction } from '../../../lib/local/lambda/local-function';
import { LocalLambda, Runnable } from '../../../lib/local/lambda/local-lambda';
import { pythonCommand } from '../../../lib/local/python/python-command';
import { lambdaPythons } from '../../lambda-python';
import { listFiles, project, scratch, writeFiles } from '../../support/project';
import { killParentOf } from '../lambda/parent';

const open: LocalLambda[] = [];
afterEach(async () => { await Promise.all(open.splice(0).map((lambda) => lambda.close())); });

const CLIENT = join(__dirname, '../../../lib/local/python/awslambdaric');

describe.each(lambdaPythons)('on $runtime, a function', ({ path: python, runtime }) => {
  function runnable(source: string, given: Partial<LocalFunction> = {}): Runnable {
    const directory = given.directory ?? project({ 'index.py': source });
    const fn: LocalFunction = { name: 'api', handler: 'index.handler', memoryMb: 512, timeoutMs: 5000, environment: {}, region: 'eu-central-1', ...given, directory };
    return { fn, command: pythonCommand(python, runtime, fn) };
  }

  function start(source: string, given: Partial<LocalFunction> = {}) {
    const { fn, command } = runnable(source, given);
    const output: string[] = [];
    const lambda = new LocalLambda({ fn, command }, { concurrency: 1, output: (text) => output.push(text) });
    open.push(lambda);
    const invoke = async (event: unknown = {}) => {
      const { result } = await lambda.invoke(JSON.stringify(event));
      return result.kind === 'failed' ? `${result.errorType}: ${result.errorMessage}` : JSON.parse(String(result.payload)) as unknown;
    };
    return { invoke, output, directory: fn.directory };
  }

  test('receives the event and the context of Lambda', async () => {
    const { invoke } = start(`
import os
def handler(event, context):
    left = context.get_remaining_time_in_millis()
    return [event, context.function_name, context.memory_limit_in_mb, 0 < left <= 5000, os.environ["AWS_EXECUTION_ENV"], context.invoked_function_arn]`);
    expect(await invoke({ a: ['ä'] })).toEqual([{ a: ['ä'] }, 'api', '512', true, `AWS_Lambda_${runtime}`, 'arn:aws:lambda:eu-central-1:123456789012:function:api']);
  });

  test('receives and returns megabytes', async () => {
    const text = 'ä"\u2028'.repeat(2 ** 17);
    const { invoke } = start('def handler(event, context):\n    return event["text"]\n');
    expect(await invoke({ text }) === text).toBe(true);
  });

  test('that raises responds with the error, and serves the next invocation in the same process', async () => {
    const { invoke } = start('import os\ndef handler(event, context):\n    if event.get("fail"): raise ValueError("boom")\n    return os.getpid()\n');
    const pid = await invoke();
    expect(await invoke({ fail: true })).toBe('ValueError: boom');
    expect(await invoke()).toBe(pid);
  });

  test('that ends its process fails, and the next invocation starts another one', async () => {
    const { invoke } = start('import os\ndef handler(event, context):\n    if event.get("end"): os._exit(3)\n    return "ok"\n');
    expect(await invoke({ end: true })).toMatch(/^Runtime\.ExitError: .*exit status 3/);
    expect(await invoke()).toBe('ok');
  });

  test('that cannot be imported reports why', async () => {
    expect(await start('import missing_module\n').invoke()).toBe('Runtime.ImportModuleError: Unable to import module \'index\': No module named \'missing_module\'');
    expect(await start('raise ValueError("boom")\n').invoke()).toBe('ValueError: boom');
  });

  test('imports from its own directory, from the standard library, and from nothing else of this machine', async () => {
    const { invoke, directory } = start('import os, sys\ndef handler(event, context):\n    return [os.path.abspath(path) for path in sys.path]\n');
    const paths = await invoke() as string[];
    expect(paths[0]).toBe(directory);
    expect(paths.at(-1)).toBe(CLIENT);
    expect(paths.filter((path) => path.includes('site-packages'))).toEqual([]);
  });

  test('prefers the packages for this machine to those of its own directory', async () => {
    const packages = scratch();
    writeFiles(packages, { 'package.py': 'NAME = "here"\n' });
    const directory = project({ 'index.py': 'from package import NAME\ndef handler(event, context):\n    return NAME\n', 'package.py': 'NAME = "Lambda"\n' });
    expect(await start('', { directory, packages }).invoke()).toBe('here');
    expect(await start('', { directory }).invoke()).toBe('Lambda');
  });

  test('changes nothing in its directory: not even bytecode is written', async () => {
    const directory = project({ 'index.py': 'import other\ndef handler(event, context):\n    return "ok"\n', 'other.py': '' });
    const files = listFiles(directory);
    expect(await start('', { directory }).invoke()).toBe('ok');
    expect(listFiles(directory)).toEqual(files);
  });

  test('prints lines in the format of Lambda', async () => {
    const { invoke, output } = start('import logging\ndef handler(event, context):\n    logging.warning("careful")\n    print("hello")\n');
    await invoke();
    expect(output.join('')).toMatch(/\{.*"level": ?"WARNING".*"message": ?"careful".*\}\n[^]*hello/);
  });

  test('ends when the process that started it ends, even if it is killed while the function is busy', async () => {
    const busy = runnable('import os\ndef handler(event, context):\n    print(os.getpid(), flush=True)\n    while True: pass\n');
    expect(await killParentOf(busy)).toEqual([true, false]);
  }, 10_000);
});

test('the runtime client comes with the package, with its licenses, in the version that the tests also run with its native module', () => {
  const pinned = (file: string) => readFileSync(file, 'utf8').match(/^(awslambdaric|simplejson)==[\d.]+/gm);
  expect(readFileSync(join(CLIENT, 'awslambdaric-4.2.2.dist-info/licenses/LICENSE'), 'utf8')).toContain('Apache License');
  expect(pinned(join(CLIENT, 'requirements.txt'))).toEqual(pinned(join(__dirname, '../../lambda-python/requirements.txt')));
});
