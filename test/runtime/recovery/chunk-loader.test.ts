import { ChunkFailure, createChunkLoader } from '../../../lib/runtime/recovery/chunk-loader';

const URLS = (file: string) => `file:///var/task/${file}`;

/** Simulates a Node.js version with or without module hooks. */
function hooks(registerHooks: (() => void) | undefined) {
  jest.spyOn(process, 'getBuiltinModule').mockReturnValue({ registerHooks });
}

/** Imports with the given outcomes, one after the other. */
function importing(...outcomes: unknown[]) {
  const urls: string[] = [];
  const chunks = createChunkLoader(URLS, async (url) => {
    urls.push(url);
    const outcome = outcomes.shift();
    if (outcome) throw outcome;
    return { url };
  });
  return { chunks, urls };
}

beforeEach(() => jest.useFakeTimers());

afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

test('without module hooks in Node.js, no import is repeated', async () => {
  hooks(undefined);
  const { chunks, urls } = importing(new Error('boom'));
  for (let i = 0; i < 3; i++) {
    await expect(chunks.import('a.mjs')).rejects.toEqual(new ChunkFailure('a.mjs', new Error('boom')));
    jest.advanceTimersByTime(100_000);
  }
  expect(urls).toEqual(['file:///var/task/a.mjs']);
});

test('each attempt has its own URL', async () => {
  hooks(() => {});
  const { chunks, urls } = importing(...[1, 2, 3, 4].map((n) => new Error(String(n))));
  for (const wait of [1_000, 10_000, 60_000, 100_000_000, 0]) {
    await expect(chunks.import('a.mjs')).rejects.toBeInstanceOf(ChunkFailure);
    jest.advanceTimersByTime(wait);
  }
  expect(urls).toEqual(['', '?attempt=1', '?attempt=2', '?attempt=3'].map((query) => `file:///var/task/a.mjs${query}`));
});

test('a healthy chunk is imported from its own URL', async () => {
  hooks(() => {});
  const { chunks, urls } = importing();
  await chunks.import('a.mjs');
  await chunks.import('a.mjs');
  expect(new Set(urls)).toEqual(new Set(['file:///var/task/a.mjs']));
});

test('a probe reports a failing chunk once, and never the chunks that import it', async () => {
  hooks(() => {});
  const error = new Error('boom');
  const { chunks } = importing(error, error, error);
  expect(await chunks.probe('a.mjs', false)).toEqual(new ChunkFailure('a.mjs', error));
  expect(await chunks.probe('a.mjs', false)).toBeUndefined();
  expect(await chunks.probe('b.mjs', false)).toBeUndefined();
});
