import { captureLog } from './support';
import { log } from '../../lib/runtime/log';

afterEach(() => jest.restoreAllMocks());

function logged(thrown: unknown) {
  const lines = captureLog();
  log('ERROR', 'HANDLER_FAILED', 'the router threw', { router: '/x', cause: thrown });
  return lines[0];
}

test('a line is one JSON document with time, level, message and code', () => {
  expect(logged(new Error('boom'))).toMatchObject({
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    level: 'ERROR',
    message: 'the router threw',
    code: 'HANDLER_FAILED',
    router: '/x',
    error: { name: 'Error', message: 'boom', stack: expect.stringContaining('boom') },
  });
});

test('the causes of an error are told, five deep', () => {
  let error = new Error('0');
  for (let i = 1; i < 10; i++) error = new Error(String(i), { cause: error });
  const messages: string[] = [];
  for (let shown = logged(error).error; shown; shown = shown.cause) messages.push(shown.message);
  expect(messages).toEqual(['9', '8', '7', '6', '5', '4']);
});

test.each([
  ['boom', 'string', 'boom'], [42, 'number', '42'], [undefined, 'undefined', 'undefined'], [null, 'object', 'null'],
  [Symbol('s'), 'symbol', 'Symbol(s)'], [{ secret: 1 }, 'object', '[object Object]'], [Object.create(null), 'object', 'cannot be shown'],
])('%p, which is no Error, is shown by type and text', (thrown, name, message) => {
  expect(logged(thrown).error).toEqual({ name, message });
});

test('an error that throws when it is looked at does not break the line', () => {
  const error = new Error('boom');
  Object.defineProperty(error, 'message', { get: () => { throw new Error('no'); } });
  expect(logged(error).error).toEqual({ name: 'object', message: 'cannot be shown' });
});

test('a line stays below the 256 KB that Lambda passes on, whatever is thrown', () => {
  let error = new Error('漢'.repeat(1_000_000));
  for (let i = 0; i < 10; i++) {
    error = new Error('漢'.repeat(1_000_000), { cause: error });
    error.stack = '漢'.repeat(1_000_000);
  }
  const line = logged(error);
  expect(line.error!.cause!.message).toMatch(/^漢+$/);
  expect(Buffer.byteLength(JSON.stringify(line))).toBeLessThan(256 * 1024);
});

test('a circular chain of causes ends', () => {
  const error = new Error('boom');
  error.cause = error;
  expect(JSON.stringify(logged(error)).match(/"message":"boom"/g)).toHaveLength(6);
});
