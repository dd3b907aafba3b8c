/**
 * What router code can do to the process in Lambda's runtime client: what the caller receives, and that no later request is lost.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiEndpoint, Verify } from '../../../lib';
import { lambdaNodes } from '../../lambda-node';
import { Environments, Invocation, serveInEnvironments } from '../../lambda-node/environments';
import { runtimeClients } from '../../lambda-node/lambda.cjs';
import { assetOf, newApi, routersOf } from '../../support/app';
import { scratch } from '../../support/project';
import { functionUrl, http2 } from '../events';
import { createAssets } from '../harness/asset';
import { LogLine } from '../support';

interface Fault {
  /** The body of the handler. */
  readonly code: string;
  /** What the caller receives. */
  readonly answer: string;
  /** The codes in the log, each once. */
  readonly logs: string[];
  /** How the environments end. */
  readonly ends: Environments['ends'];
  /** What the caller receives from the same handler without the library. */
  readonly bare?: string;
}

const never = 'await new Promise(() => {});';
const ok = 'return { statusCode: 200, body: "ok" };';
const uncaught = 'setTimeout(() => { throw new Error("boom"); });';

const FAULTS: Record<string, Fault> = {
  'throws': { code: 'throw new Error("boom");', answer: '500 HANDLER_FAILED', logs: ['HANDLER_FAILED'], ends: [], bare: 'error' },
  'throws outside of any promise': { code: uncaught + never, answer: '500 UNCAUGHT_EXCEPTION', logs: ['UNCAUGHT_EXCEPTION'], ends: ['SIGKILL', 'SIGKILL'], bare: 'lost' },
  'throws outside of any promise after it has returned': {
    code: `setTimeout(() => { throw new Error("boom"); }, 50); ${ok}`, answer: '200 ok', logs: ['UNCAUGHT_EXCEPTION'], ends: ['SIGKILL'],
  },
  // The response waits up to 100 ms for the log, which may be too short on a busy machine. Here, it waits ten times as long.
  'throws outside of any promise after it has logged more than a pipe can hold': {
    code: `const delay = setTimeout; globalThis.setTimeout = (run, ms = 0) => delay(run, ms * 10); process.stdout.write('-'.repeat(2 ** 20) + '\\n'); ${uncaught + never}`,
    answer: '500 UNCAUGHT_EXCEPTION', logs: ['UNCAUGHT_EXCEPTION'], ends: ['SIGKILL', 'SIGKILL'],
  },
  'throws outside of any promise after it has replaced the function that writes the log': {
    code: `const { stdout } = process; const write = stdout.write.bind(stdout); stdout.write = (text) => write(text); ${uncaught + never}`,
    answer: '500 UNCAUGHT_EXCEPTION', logs: ['UNCAUGHT_EXCEPTION'], ends: ['SIGKILL', 'SIGKILL'],
  },
  'throws outside of any promise when the log cannot be written': {
    code: `process.stdout.write = () => { throw new Error("full"); }; ${uncaught + never}`, answer: '500 UNCAUGHT_EXCEPTION', logs: [], ends: ['SIGKILL', 'SIGKILL'],
  },
  'does not handle a rejected promise': { code: `Promise.reject(new Error("boom")); ${never}`, answer: '500 UNHANDLED_REJECTION', logs: ['UNHANDLED_REJECTION'], ends: [], bare: 'lost' },
  'never settles': { code: never, answer: '504 TIMEOUT', logs: ['TIMEOUT'], ends: [], bare: 'lost' },
  'calls process.exit': { code: 'process.exit(3);', answer: 'lost', logs: ['PROCESS_EXIT'], ends: [3, 3], bare: 'lost' },
  'ends the process with a signal': { code: `process.kill(process.pid, "SIGTERM"); ${never}`, answer: 'lost', logs: [], ends: ['SIGTERM', 'SIGTERM'], bare: 'lost' },
};

const stream = (pull: string) => `let pulls = 0; return new Response(new ReadableStream({ async pull(controller) { ${pull} } }));`;
const afterOne = (pull: string) => stream(`if (pulls++) { ${pull} } else controller.enqueue(new TextEncoder().encode('part'));`);

const STREAM_FAULTS: Record<string, Fault & { readonly unread?: boolean }> = {
  'fails immediately': { code: stream('throw new Error("boom");'), answer: '500 HANDLER_FAILED', logs: ['HANDLER_FAILED'], ends: [] },
  'fails later': { code: afterOne('throw new Error("boom");'), answer: 'broken off', logs: ['HANDLER_FAILED'], ends: [] },
  'starts with a value that is not bytes': { code: stream('controller.enqueue(new ArrayBuffer(3));'), answer: '500 RESULT_MALFORMED', logs: ['RESULT_MALFORMED'], ends: [] },
  'starts with a number': { code: stream('controller.enqueue(42);'), answer: '500 RESULT_MALFORMED', logs: ['RESULT_MALFORMED'], ends: [] },
  'starts with text': { code: stream('controller.enqueue("text");'), answer: '500 RESULT_MALFORMED', logs: ['RESULT_MALFORMED'], ends: [] },
  'starts with null': { code: stream('controller.enqueue(null);'), answer: '500 RESULT_MALFORMED', logs: ['RESULT_MALFORMED'], ends: [] },
  'continues with a value that is not bytes': { code: afterOne('controller.enqueue({});'), answer: 'broken off', logs: ['RESULT_MALFORMED'], ends: [] },
  'fails after an empty chunk': { code: stream('if (pulls++) throw new Error("boom"); controller.enqueue(new Uint8Array());'), answer: '500 HANDLER_FAILED', logs: ['HANDLER_FAILED'], ends: [] },
  'never continues': { code: afterOne(never), answer: 'broken off', logs: ['TIMEOUT'], ends: [] },
  'is not read': { code: stream('controller.enqueue(new Uint8Array(2 ** 20));'), unread: true, answer: 'lost', logs: ['TIMEOUT'], ends: ['SIGKILL', 'SIGKILL'] },
  'has not started when an uncaught exception occurs': { code: uncaught + never, answer: '500 UNCAUGHT_EXCEPTION', logs: ['UNCAUGHT_EXCEPTION'], ends: ['SIGKILL', 'SIGKILL'] },
  'has started when an uncaught exception occurs': { code: afterOne(uncaught + never), answer: 'broken off', logs: ['UNCAUGHT_EXCEPTION'], ends: ['SIGKILL', 'SIGKILL'] },
  'has started when process.exit is called': { code: afterOne('setTimeout(() => process.exit(3), 50);'), answer: 'broken off', logs: ['PROCESS_EXIT'], ends: [3, 3] },
};

const asset = createAssets();
const handler = (code: string) => ({ code: `export const handler = async () => { ${code} };` });

/** The same handlers without the library. */
function bareAsset(code: string): string {
  const directory = scratch();
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'index.mjs'), `export const handler = async ({ rawPath }) => { if (rawPath === '/ok') { ${ok} } ${code} };`);
  return directory;
}

const streamRouter = (index: number) => `stream-${index}`;
const streaming = assetOf(newApi({
  routers: routersOf({
    'src/routers/ok.ts': 'export default { fetch: () => new Response("ok") };',
    ...Object.fromEntries(Object.values(STREAM_FAULTS).map(({ code }, index) => [`src/routers/${streamRouter(index)}.ts`, `export default { async fetch() { ${code} } };`])),
  }, '/'),
  endpoint: ApiEndpoint.functionUrl({ streaming: true }),
  verify: Verify.off(),
}));

/** One request that waits until the failed request ends, and one that arrives later. */
const around = (faulty: Invocation, innocent: Invocation): Invocation[] => [faulty, innocent, { ...faulty, later: 100 }, { ...innocent, later: 100 }];
const ask = (path: string): Invocation => ({ event: http2({ path, resource: path }) });

const codesOf = (stdout: string) => [...new Set(linesOf(stdout).flatMap(({ code }) => code ?? []))];
const linesOf = (stdout: string) => stdout.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as LogLine);

const lambdas = runtimeClients.flatMap((client) => lambdaNodes.map((node) => ({ client, node, runtime: node.runtime, timeout: 1500 })));

describe.each(lambdas)('on $runtime with the $client, no request is lost after a handler that', (lambda) => {
  test.each(Object.entries(FAULTS))('%s', async (_, { code, answer, logs, ends, bare }) => {
    const sequence = around(ask('/bad'), ask('/ok'));
    const served = await serveInEnvironments(asset({ routers: { '/bad': handler(code), '/ok': handler(ok) } }), sequence, lambda);
    expect({ answers: served.answers, logs: codesOf(served.stdout), ends: served.ends }).toEqual({ answers: [answer, '200 ok', answer, '200 ok'], logs, ends });
    if (!bare) return;
    const { answers } = await serveInEnvironments(bareAsset(code), sequence, lambda);
    expect(answers).toEqual([bare, '200 ok', bare, '200 ok']);
  });
});

describe.each(lambdas)('on $runtime with the $client, no request is lost', (lambda) => {
  test('when process.exit is called after a response, before the environment is frozen', async () => {
    const dir = asset({ routers: { '/bad': handler(`setTimeout(() => process.exit(3), 60); ${ok}`), '/ok': handler(ok) } });
    const next = { ...ask('/ok'), awake: 300 };
    const { answers, stdout, ends } = await serveInEnvironments(dir, [ask('/bad'), next, ask('/bad'), next], lambda);
    expect({ answers, ends }).toEqual({ answers: ['200 ok', '200 ok', '200 ok', '200 ok'], ends: ['SIGKILL', 'SIGKILL'] });
    expect(linesOf(stdout).map(({ code, requestId, message }) => ({ code, requestId, message }))).toEqual([1, 2].map(() => ({ code: 'PROCESS_EXIT', message: 'the process ended with code 3' })));
  });
});

describe.each(lambdas)('on $runtime with the $client, no request is lost after a stream that', (lambda) => {
  test.each(Object.entries(STREAM_FAULTS))('%s', async (name, { answer, logs, ends, unread }) => {
    const url = (router: string) => ({ event: functionUrl({ path: `/${router}` }) });
    const served = await serveInEnvironments(streaming, around({ ...url(streamRouter(Object.keys(STREAM_FAULTS).indexOf(name))), unread }, url('ok')), lambda);
    expect({ answers: served.answers, logs: codesOf(served.stdout), ends: served.ends }).toEqual({ answers: [answer, '200 ok', answer, '200 ok'], logs, ends });
  });
});

describe.each(lambdas)('on $runtime with the $client, in INIT', (lambda) => {
  const serve = (code: string) => serveInEnvironments(
    asset({ routers: { '/bad': { code: `${code}\nexport const handler = async () => ({ statusCode: 200, body: 'ok' });` }, '/ok': handler(ok) }, preload: { routers: ['/bad'] } }),
    [ask('/ok'), ask('/bad')], lambda,
  );

  test('an uncaught exception does not end the environment', async () => {
    const { answers, ends, stdout } = await serve(`${uncaught} await new Promise((resolve) => setTimeout(resolve, 20));`);
    expect({ answers, ends, logs: codesOf(stdout) }).toEqual({ answers: ['200 ok', '200 ok'], ends: [], logs: ['UNCAUGHT_EXCEPTION'] });
  });

  test('the log shows the file of a router that calls process.exit', async () => {
    const { answers, ends, stdout } = await serve('process.exit(3);');
    expect({ answers, ends }).toEqual({ answers: ['lost', 'lost'], ends: [3, 3] });
    const [line] = linesOf(stdout);
    expect(line).toMatchObject({ level: 'ERROR', code: 'PROCESS_EXIT', message: 'the process ended with code 3', error: { stack: expect.stringContaining('routers/bad.mjs') } });
  });
});
