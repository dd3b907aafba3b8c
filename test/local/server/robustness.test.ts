import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { FUNCTION_URL, startServer } from '../support';

/** Set `LOCAL_REQUESTS=10000` for the long run. */
const REQUESTS = Number(process.env.LOCAL_REQUESTS ?? 300);

const SOURCE = `export const handler = awslambda.streamifyResponse(async ({ rawPath }, stream) => {
  if (rawPath === '/crash') process.exit(1);
  const body = awslambda.HttpResponseStream.from(stream, { statusCode: 200, headers: {} });
  for (let i = 0; i < 20; i++) body.write(Buffer.alloc(10_000));
  body.end();
});`;

/** What a client sends, and after how many milliseconds it disconnects. Without a time, it waits until the server disconnects. */
const CLIENTS: ReadonlyArray<readonly [text: string, goneAfter?: number]> = [
  ['GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
  ['GET / HTTP/1.1\r\nHost: x\r\n\r\n', 0],
  ['GET / HTTP/1.1\r\nHost: x\r\n\r\n', 5],
  ['POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf', 2],
  [`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000\r\n\r\n${'x'.repeat(100_000)}`, 3],
  [`POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n${'ffff\r\n'}${'x'.repeat(0xffff)}\r\n`, 3],
  ['POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n'],
  ['nonsense\r\n\r\n'],
  [`GET /${'x'.repeat(100_000)} HTTP/1.1\r\n\r\n`],
  ['GET /crash HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
  ['', 1],
];

test(`${REQUESTS} clients that disconnect, send too much, or send invalid HTTP leave nothing behind`, async () => {
  const before = resources();
  const { port, url, close, lambda } = await startServer(SOURCE, FUNCTION_URL, { options: { concurrency: 2 } });
  // Crashes are rare, because each one costs an INIT.
  const clientOf = (i: number) => (i % 50 === 49 ? CLIENTS[9] : CLIENTS.filter(([text]) => !text.includes('/crash'))[i % 10]);
  const firstMb = await residentAfter(() => burst(port, clientOf, REQUESTS / 3));
  const laterMb = await residentAfter(() => burst(port, clientOf, REQUESTS - REQUESTS / 3));
  expect(laterMb - firstMb).toBeLessThan(100);
  expect((await (await fetch(url, { headers: { connection: 'close' } })).arrayBuffer()).byteLength).toBe(200_000);
  const { pid } = (await lambda.invoke('{"rawPath":"/"}')).environment;
  await close();
  expect(() => process.kill(pid!, 0)).toThrow(/ESRCH/);
  await wait(100);
  expect(resources().length).toBeLessThanOrEqual(before.length);
}, 600_000);

/** Sockets, servers and processes that this process has. */
function resources(): string[] {
  return process.getActiveResourcesInfo().filter((resource) => /TCP|Process/.test(resource)).sort();
}

/** The megabytes that this process uses after some work. */
async function residentAfter(work: () => Promise<void>): Promise<number> {
  await work();
  globalThis.gc?.();
  return process.memoryUsage().rss / 1024 ** 2;
}

/** Runs the clients, ten at a time. */
async function burst(port: number, clientOf: (i: number) => typeof CLIENTS[number], count: number): Promise<void> {
  let next = 0;
  await Promise.all(Array.from({ length: 10 }, async () => {
    while (next < count) await visit(port, ...clientOf(next++));
  }));
}

function visit(port: number, text: string, goneAfter?: number): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      if (text) socket.write(text);
      if (goneAfter !== undefined) void wait(goneAfter).then(() => socket.destroy());
    });
    socket.on('error', () => {}).on('close', () => resolve()).resume();
  });
}
