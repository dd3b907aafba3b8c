import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { createAssets } from '../harness/asset';
import { lambdaNodes, run } from '../harness/run';

const asset = createAssets();
const handler = (body: string) => ({ code: `export const handler = async () => { ${body} };` });
const OK = 'return { statusCode: 200, body: "ok" };';
const never = 'await new Promise(() => {});';

describe.each(lambdaNodes)('on $runtime, a handler', ({ path: node }) => {
  test('that throws gets a 500 response, and the next request succeeds', async () => {
    const dir = asset({ routers: { '/a': handler('throw new Error("boom");'), '/b': handler('throw "boom";'), '/c': handler(OK) } });
    const { answers, logs } = await run(node, dir, [{ ask: '/a' }, { ask: '/b' }, { ask: '/c' }]);
    expect(answers).toEqual(['500 HANDLER_FAILED', '500 HANDLER_FAILED', '200 ok']);
    expect(logs.map(({ router, requestId, error }) => [router, requestId, error?.name])).toEqual([['/a', 'request-1', 'Error'], ['/b', 'request-2', 'string']]);
  });

  test('that never settles gets a 504 response, and the process continues', async () => {
    const dir = asset({ routers: { '/a': handler(never), '/b': handler(OK) } });
    const { answers, logs, exitCode } = await run(node, dir, [{ ask: '/a', remaining: 300 }, { ask: '/b' }]);
    expect(answers).toEqual(['504 TIMEOUT', '200 ok']);
    expect(logs).toMatchObject([{ code: 'TIMEOUT', router: '/a', requestId: 'request-1' }]);
    expect(exitCode).toBe(0);
  });

  test('that takes a callback gets a 500 response with a code', async () => {
    const code = (body: string) => ({ code: `export const handler = (event, context, callback) => { ${body} };` });
    const dir = asset({ routers: { '/a': code('fetch("http://127.0.0.1:1").catch(() => {});'), '/b': code('callback(null, { statusCode: 200 });') } });
    const { answers, logs } = await run(node, dir, [{ ask: '/a' }, { ask: '/b' }]);
    expect(answers).toEqual(['500 HANDLER_CALLBACK', '500 HANDLER_CALLBACK']);
    expect(logs[1].error?.message).toBe('callback is not a function');
  });

  test('that does not handle a rejected promise gets a 500 response, and the environment continues', async () => {
    const dir = asset({ routers: { '/a': handler(`Promise.reject(new Error("boom")); ${never}`), '/b': handler(OK) } });
    const { answers, logs, client, exitCode } = await run(node, dir, [{ ask: '/a' }, { ask: '/b' }]);
    expect(answers).toEqual(['500 UNHANDLED_REJECTION', '200 ok']);
    expect(logs).toMatchObject([{ level: 'ERROR', code: 'UNHANDLED_REJECTION', router: '/a', requestId: 'request-1', error: { message: 'boom' } }]);
    expect(client).toEqual([]);
    expect(exitCode).toBe(0);
  });

  test('is not named for a rejected promise when several requests are in progress', async () => {
    const slow = `await new Promise((resolve) => setTimeout(resolve, 100)); ${OK}`;
    const dir = asset({ routers: { '/a': handler(`Promise.reject(new Error("boom")); ${slow}`), '/b': handler(slow) } });
    const { answers, logs } = await run(node, dir, [[{ ask: '/a' }, { ask: '/b' }]]);
    expect(answers).toEqual(['200 ok', '200 ok']);
    expect(logs).toMatchObject([{ code: 'UNHANDLED_REJECTION', error: { message: 'boom' } }]);
    expect(logs[0]).not.toHaveProperty('requestId');
  });

  test('that throws outside of any promise gets a 500 response, and then the environment ends', async () => {
    const dir = asset({ routers: { '/a': handler(`setTimeout(() => { throw new Error("boom"); }); ${never}`), '/b': handler(OK) } });
    const { answers, logs, client, signal } = await run(node, dir, [[{ ask: '/a' }, { ask: '/a' }], { ask: '/b', pause: 500 }]);
    expect(answers).toEqual(['500 UNCAUGHT_EXCEPTION', '500 UNCAUGHT_EXCEPTION']);
    expect(logs).toMatchObject(['request-1', 'request-2'].map((requestId) => ({ code: 'UNCAUGHT_EXCEPTION', router: '/a', requestId, error: { message: 'boom' } })));
    expect(client).toEqual([]);
    expect(signal).toBe('SIGKILL');
  });

  test('that throws outside of any promise does not end an environment that serves other threads', async () => {
    const dir = asset({ routers: { '/a': handler(`setTimeout(() => { throw new Error("boom"); }); ${never}`), '/b': handler(OK) } });
    const { answers, exitCode } = await run(node, dir, [{ ask: '/a' }, { ask: '/b', pause: 1_500 }], { env: { AWS_LAMBDA_MAX_CONCURRENCY: '8' } });
    expect(answers).toEqual(['500 UNCAUGHT_EXCEPTION', '200 ok']);
    expect(exitCode).toBe(0);
  });

  test('that ends the process during a request is named in the log', async () => {
    const dir = asset({ routers: { '/a': handler('process.exit(3);') } });
    const { results, logs, exitCode } = await run(node, dir, [{ ask: '/a' }]);
    expect(results).toEqual([]);
    expect(logs).toMatchObject([{ level: 'ERROR', code: 'PROCESS_EXIT', router: '/a', requestId: 'request-1' }]);
    expect(exitCode).toBe(3);
  });

  test.each([
    ['ends the process immediately in Lambda', { AWS_LAMBDA_RUNTIME_API: '127.0.0.1:1' }, { exitCode: null, signal: 'SIGKILL', logs: [] }],
    ['ends one thread on managed instances', { AWS_LAMBDA_RUNTIME_API: '127.0.0.1:1', AWS_LAMBDA_MAX_CONCURRENCY: '8' }, { exitCode: 0, signal: null, logs: [] }],
    ['ends a script outside of Lambda as usual', {}, { exitCode: 0, signal: null, logs: [] }],
  ])('that has returned is followed by a process.exit(0) that %s', async (_, env, end) => {
    const { answers, logs, exitCode, signal } = await run(node, asset({ routers: { '/a': handler(OK) } }), [{ ask: '/a' }], { env });
    expect(answers).toEqual(['200 ok']);
    expect({ exitCode, signal, logs }).toMatchObject(end);
  });
});

describe.each(lambdaNodes)('on $runtime, with a runtime client that sends results over node:http', ({ path: node }) => {
  let server: Server;
  let received: string[];

  beforeAll(() => new Promise<void>((resolve) => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (text) => { body += text; });
      // Sent late, so that only a process that waits receives it.
      request.on('end', () => setTimeout(() => {
        received.push((JSON.parse((JSON.parse(body) as { body: string }).body) as { code: string }).code);
        response.writeHead(202).end();
      }, 100));
    }).listen(0, '127.0.0.1', resolve);
  }));

  beforeEach(() => { received = []; });

  afterAll(() => new Promise((resolve) => server.close(resolve)));

  test('the environment ends only after the response was accepted', async () => {
    const dir = asset({ routers: { '/a': handler(`setTimeout(() => { throw new Error("boom"); }); ${never}`) } });
    const { signal } = await run(node, dir, [{ ask: '/a' }], { api: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
    expect(received).toEqual(['UNCAUGHT_EXCEPTION']);
    expect(signal).toBe('SIGKILL');
  });
});
