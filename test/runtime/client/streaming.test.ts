/**
 * Streamed responses through the real runtime client: what it sends to Lambda, chunk by chunk.
 */
import { createServer } from 'node:http';
import { ApiEndpoint, Verify } from '../../../lib';
import { Failed } from '../../../lib/local/lambda/invocation';
import { lambdaNodes } from '../../lambda-node';
import { Delivered } from '../../lambda-node/environment';
import { listen, runInClient } from '../../lambda-node/runtime-client';
import { assetOf, newApi, routersOf } from '../../support/app';
import { functionUrl } from '../events';

const RESULT = 'application/vnd.awslambda.http-integration-response';

const ROUTERS = {
  // Writes its second chunk after the first has arrived.
  'src/routers/slow.ts': `
    export default { fetch: () => new Response(new ReadableStream({
      async start(controller) {
        controller.enqueue(new TextEncoder().encode('first'));
        await fetch(process.env.ARRIVED!);
        controller.enqueue(new TextEncoder().encode('second'));
        controller.close();
      },
    }), { status: 201, headers: [['content-type', 'text/plain'], ['set-cookie', 'a=1'], ['set-cookie', 'b=2'], ['x-a', '1']] }) };`,
  // Writes its first chunk after the head has arrived.
  'src/routers/silence.ts': `
    export default { fetch: () => new Response(new ReadableStream({
      async start(controller) {
        await fetch(process.env.OPENED!);
        controller.enqueue(new TextEncoder().encode('first'));
        controller.close();
      },
    })) };`,
  'src/routers/handler.ts': `
    import { awslambda } from 'cdk-lazy-api/runtime';
    export const handler = awslambda.streamifyResponse(async (event, stream) => {
      const body = awslambda.HttpResponseStream.from(stream, { statusCode: 202, headers: { 'content-type': 'text/plain' } });
      body.write('first');
      await fetch(process.env.ARRIVED!);
      body.write('second');
      body.end();
    });`,
  'src/routers/piped.ts': `
    import { Readable } from 'node:stream';
    import { pipeline } from 'node:stream/promises';
    export const handler = awslambda.streamifyResponse(async (event, stream) => {
      stream.setContentType('text/plain');
      await pipeline(Readable.from(['a', 'b', 'c']), stream);
    });`,
  'src/routers/plain.ts': 'export const handler = async () => ({ statusCode: 200, headers: { "x-a": 1 }, cookies: ["c=3"], body: Buffer.from([0, 255]).toString("base64"), isBase64Encoded: true });',
  'src/routers/text.ts': 'export default { fetch: (request) => new Response(request.method === "HEAD" ? null : "text", { headers: { "content-type": "text/plain" } }) };',
  'src/routers/empty.ts': 'export default { fetch: () => new Response(null, { status: 204, headers: { "x-a": "1" } }) };',
  'src/routers/large.ts': `
    export default { fetch: () => { let left = 8; return new Response(new ReadableStream({ pull: (c) => left-- ? c.enqueue(new Uint8Array(1024 * 1024)) : c.close() })); } };`,
  'src/routers/throws.ts': 'export default { fetch: () => { throw new Error("secret detail"); } };',
  'src/routers/breaks.ts': `
    export default { fetch: () => { let n = 0; return new Response(new ReadableStream({ pull: (c) => n++ ? c.error(new Error("secret detail")) : c.enqueue(new TextEncoder().encode("part")) })); } };`,
  'src/routers/never.ts': 'export default { fetch: () => new Promise(() => {}) };',
  'src/routers/stuck.ts': 'export default { fetch: () => new Response(new ReadableStream({ start: (c) => c.enqueue(new TextEncoder().encode("part")) })) };',
  'src/routers/silent.ts': 'export const handler = awslambda.streamifyResponse(async () => {});',
  'src/routers/late.ts': `
    export const handler = awslambda.streamifyResponse(async (event, stream) => {
      await new Promise((resolve) => setTimeout(resolve, 1500));
      stream.write('late'); stream.end();
    });`,
  'src/routers/throwing.ts': 'export const handler = awslambda.streamifyResponse(async (event, stream) => { stream.write("part"); throw new Error("secret detail"); });',
  'src/routers/floating.ts': 'export default { fetch: () => { Promise.reject(new Error("secret detail")); return new Promise(() => {}); } };',
};

const asset = assetOf(newApi({ routers: routersOf(ROUTERS, '/'), endpoint: ApiEndpoint.functionUrl({ streaming: true }), verify: Verify.atSynth() }));

const ask = (router: string, method = 'GET') => functionUrl({ path: `/${router}`, method });

/** The head and the body of a response, separated as the endpoint separates them. */
function split({ kind, contentType, bytes, broken }: Delivered): { head: unknown; body: Buffer; broken: boolean } {
  expect(kind).toBe('streamed');
  if (contentType !== RESULT) return { head: undefined, body: bytes, broken: !!broken };
  const end = bytes.indexOf(Buffer.alloc(8));
  return { head: JSON.parse(bytes.subarray(0, end).toString()), body: bytes.subarray(end + 8), broken: !!broken };
}

const answer = (delivered: Delivered | undefined) => {
  const { head, body, broken } = split(delivered!);
  return { head, body: body.length > 1000 ? body.length : body.toString(), broken };
};

const failure = (statusCode: number, code: string, index: number) => ({
  head: { statusCode, headers: { 'content-type': 'application/json' } },
  body: expect.stringMatching(`"code":"${code}","requestId":"request-${index}"`) as string,
  broken: false,
});

describe.each(lambdaNodes)('on $runtime', (node) => {
  test.each(['slow', 'handler'])('a chunk arrives before the next one is written: %s', async (router) => {
    let arrived = () => {};
    const first = new Promise<void>((resolve) => { arrived = resolve; });
    const server = createServer((_, response) => { void first.then(() => response.end()); });
    const env = { ARRIVED: `http://127.0.0.1:${await listen(server)}` };
    const seen: string[] = [];
    const { delivered: [delivered] } = await runInClient(node, asset, [ask(router)], {
      env,
      onChunk: (chunk) => {
        seen.push(chunk.toString());
        if (seen.join('').endsWith('first')) arrived();
      },
    });
    server.closeAllConnections();
    server.close();
    expect(seen.join('')).toMatch(/firstsecond$/);
    expect(answer(delivered)).toEqual({
      head: router === 'slow'
        ? { statusCode: 201, headers: { 'content-type': 'text/plain', 'x-a': '1' }, cookies: ['a=1', 'b=2'] }
        : { statusCode: 202, headers: { 'content-type': 'text/plain' } },
      body: 'firstsecond',
      broken: false,
    });
  });

  test('responses of every kind arrive, and the environment continues after each one', async () => {
    const events = [ask('plain'), ask('text'), ask('text', 'HEAD'), ask('empty'), ask('large'), ask('piped'), ask('nobody'), ask('throws'), ask('text')];
    const { delivered } = await runInClient(node, asset, events);
    expect(delivered.map(answer)).toEqual([
      { head: { statusCode: 200, headers: { 'x-a': 1 }, cookies: ['c=3'] }, body: Buffer.from([0, 255]).toString(), broken: false },
      { head: { statusCode: 200, headers: { 'content-type': 'text/plain' } }, body: 'text', broken: false },
      { head: { statusCode: 200, headers: { 'content-type': 'text/plain' } }, body: '', broken: false },
      { head: { statusCode: 204, headers: { 'x-a': '1' } }, body: '', broken: false },
      { head: { statusCode: 200, headers: {} }, body: 8 * 1024 * 1024, broken: false },
      { head: undefined, body: 'abc', broken: false },
      failure(404, 'ROUTE_UNKNOWN', 6),
      failure(500, 'HANDLER_FAILED', 7),
      { head: { statusCode: 200, headers: { 'content-type': 'text/plain' } }, body: 'text', broken: false },
    ]);
  });

  test('a failure before the head returns an error, a failure after it breaks the stream, and neither contains the reason', async () => {
    const events = [ask('breaks'), ask('never'), ask('stuck'), ask('silent'), ask('late'), ask('throwing'), ask('floating'), ask('text')];
    const { delivered, stdout } = await runInClient(node, asset, events, { remaining: 1200 });
    expect(delivered.map(answer)).toEqual([
      { head: { statusCode: 200, headers: {} }, body: 'part', broken: true },
      failure(504, 'TIMEOUT', 1),
      { head: { statusCode: 200, headers: {} }, body: 'part', broken: true },
      failure(504, 'TIMEOUT', 3),
      failure(504, 'TIMEOUT', 4),
      { head: undefined, body: 'part', broken: true },
      failure(500, 'UNHANDLED_REJECTION', 6),
      { head: { statusCode: 200, headers: { 'content-type': 'text/plain' } }, body: 'text', broken: false },
    ]);
    const told = delivered.flatMap((one) => (one?.broken ? [(one.broken.cause as Failed).payload.toString()] : []));
    expect(told).toEqual(Array(3).fill(expect.stringContaining('errorType')));
    expect(told.join()).not.toContain('secret detail');
    const codes = stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line) as { code?: string }).flatMap(({ code }) => code ?? []);
    expect(codes).toEqual(['HANDLER_FAILED', 'TIMEOUT', 'TIMEOUT', 'TIMEOUT', 'TIMEOUT', 'HANDLER_FAILED', 'UNHANDLED_REJECTION']);
  });

  test('a stream without data opens, and its first chunk arrives when it is written', async () => {
    let opened = () => {};
    const head = new Promise<void>((resolve) => { opened = resolve; });
    const server = createServer((_, response) => { void head.then(() => response.end()); });
    const env = { OPENED: `http://127.0.0.1:${await listen(server)}` };
    const { delivered: [delivered] } = await runInClient(node, asset, [ask('silence')], { env, onChunk: opened });
    server.closeAllConnections();
    server.close();
    expect(answer(delivered)).toEqual({ head: { statusCode: 200, headers: {} }, body: 'first', broken: false });
  });
});
