import { get, IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { BuildQueue } from '../../../lib/local/server/build-queue';
import { BuildStatus } from '../../../lib/local/server/build-state';
import { isNavigation, overlay } from '../../../lib/local/server/overlay';
import { FUNCTION_URL, startServer } from '../support';

const SOURCE = 'export const handler = async () => ({ statusCode: 201, headers: { "content-type": "text/plain" }, body: "good <b>" });';

const failed = () => {
  const build = new BuildStatus();
  build.set({ kind: 'failed', error: 'src/users.ts:1:5: Unexpected "<script>"' });
  return build;
};

test('a browser shows why the build failed, above the last good response', async () => {
  const { url } = await startServer(SOURCE, FUNCTION_URL, { build: failed() });
  // Does not use fetch, because its headers say that the request is not a navigation.
  const response = await new Promise<IncomingMessage>((resolve) => get(url, { headers: { accept: 'text/html,*/*' } }, resolve));
  const page = await text(response);
  expect(response.statusCode).toBe(500);
  expect(response.headers['content-security-policy']).toBe('default-src \'none\'; style-src \'unsafe-inline\'');
  expect(page).toContain('<pre class="error">src/users.ts:1:5: Unexpected &quot;&lt;script&gt;&quot;</pre>');
  expect(page).toContain('The last good build responds with 201');
  expect(page).toContain('<pre>good &lt;b&gt;</pre>');
});

test('other clients get the last good response unchanged', async () => {
  const { url } = await startServer(SOURCE, FUNCTION_URL, { build: failed() });
  const response = await fetch(url);
  expect([response.status, await response.text()]).toEqual([201, 'good <b>']);
});

test('a request that arrives during a build waits for the build', async () => {
  const build = new BuildStatus();
  const { url } = await startServer(SOURCE, FUNCTION_URL, { build });
  build.set({ kind: 'building' });
  let hasAnswer = false;
  const answer = fetch(url).then(() => { hasAnswer = true; });
  await wait(300);
  expect(hasAnswer).toBe(false);
  build.set({ kind: 'built', ms: 1 });
  await answer;
});

test('a request waits for a build only for a limited time', async () => {
  const build = new BuildStatus();
  build.set({ kind: 'building' });
  const started = performance.now();
  await new BuildQueue(build, 50).settled();
  expect(performance.now() - started).toBeLessThan(1000);
});

test.each([
  ['GET', { 'Sec-Fetch-Mode': 'navigate', 'Accept': '*/*' }, true],
  ['GET', { 'Sec-Fetch-Mode': 'cors', 'Accept': 'text/html' }, false],
  ['GET', { Accept: 'text/html,application/xml;q=0.9' }, true],
  ['GET', { Accept: 'application/json, text/html' }, false],
  ['GET', {}, false],
  ['POST', { 'Sec-Fetch-Mode': 'navigate' }, false],
] as const)('%s with %j is a page request of a browser: %s', (method, headers, expected) => {
  expect(isNavigation({ method, headers: Object.entries(headers) })).toBe(expected);
});

test('the overlay shows the type and size of content that is not text, and cuts off a stream that is too long', async () => {
  const textOf = async (type: string, body: Uint8Array | Readable) => {
    const { body: page } = await overlay('error', { status: 200, headers: [['Content-Type', type]], body });
    return Buffer.from(page as Uint8Array).toString();
  };
  expect(await textOf('image/png', Buffer.alloc(7))).toContain('(image/png, 7 bytes)');
  const endless = Readable.from((function* () { while (true) yield Buffer.alloc(50_000, 'x'); })());
  const page = await textOf('text/plain', endless);
  expect(page.length).toBeLessThan(110_000);
  expect(endless.destroyed).toBe(true);
});
