import type { ServerResponse } from 'node:http';
import { PassThrough } from 'node:stream';
import { EventStreams } from '../../../lib/local/page/event-streams';

beforeEach(() => jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] }));
afterEach(() => jest.useRealTimers());

/** A client that buffers this many bytes. */
function client(highWaterMark = 16_384) {
  return Object.assign(new PassThrough({ highWaterMark, emitClose: true }), { writeHead: () => {} }) as unknown as PassThrough & ServerResponse;
}

const turn = () => new Promise((resolve) => setImmediate(resolve));
const read = (response: PassThrough) => String(response.read() ?? '');

test('a client gets the text immediately, and again when it changes', async () => {
  let text = 'one';
  const streams = new EventStreams(() => text);
  const response = client();
  streams.add(response);
  expect(read(response)).toBe('data: one\n\n');
  streams.change();
  jest.advanceTimersByTime(1000);
  expect(read(response)).toBe('');
  text = 'two';
  streams.change();
  text = 'three';
  streams.change();
  jest.advanceTimersByTime(1000);
  expect(read(response)).toBe('data: three\n\n');
  text = 'unsaid';
  jest.advanceTimersByTime(10_000);
  expect(read(response)).toBe('data: unsaid\n\n');
  response.destroy();
  await turn();
});

test('a client that stops reading skips to the latest text when it reads again', async () => {
  let text = 'first';
  const streams = new EventStreams(() => text);
  const response = client(8);
  streams.add(response);
  for (text of ['second', 'third', 'latest']) {
    streams.change();
    jest.advanceTimersByTime(1000);
  }
  const got = [];
  for (let i = 0; i < 5; i++) {
    got.push(read(response));
    await turn();
  }
  expect(got.join('')).toBe('data: first\n\ndata: latest\n\n');
  response.destroy();
  await turn();
});

test('without clients, there are no timers and nothing is computed', async () => {
  const text = jest.fn(() => 'text');
  const streams = new EventStreams(text);
  streams.change();
  expect(jest.getTimerCount()).toBe(0);
  const responses = [client(), client()];
  for (const response of responses) streams.add(response);
  streams.change();
  expect(jest.getTimerCount()).toBe(2);
  for (const response of responses) response.destroy();
  await turn();
  expect(jest.getTimerCount()).toBe(0);
  text.mockClear();
  streams.change();
  jest.advanceTimersByTime(10_000);
  expect(text).not.toHaveBeenCalled();
});
