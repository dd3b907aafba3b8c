import { captureLog } from './support';
import { toCodedError } from '../../lib/runtime/failures/coded-error';
import { logFailure } from '../../lib/runtime/failures/log-failure';
import { log } from '../../lib/runtime/log';

afterEach(() => jest.restoreAllMocks());

function logged(thrown: unknown) {
  const lines = captureLog();
  log('ERROR', 'HANDLER_FAILED', 'the router threw', { router: '/x', cause: thrown });
  return lines[0];
}

test.each([
  ['boom', 'string', 'boom'], [42, 'number', '42'], [undefined, 'undefined', 'undefined'], [null, 'object', 'null'],
  [Symbol('s'), 'symbol', 'Symbol(s)'], [{ secret: 1 }, 'object', '[object Object]'], [Object.create(null), 'object', 'cannot be shown'],
])('the thrown value %p, which is not an Error, is logged with its type and text', (thrown, name, message) => {
  expect(logged(thrown).error).toEqual({ name, message });
});

test('an error that throws when it is read does not break the line', () => {
  const error = new Error('boom');
  Object.defineProperty(error, 'message', { get: () => { throw new Error('no'); } });
  expect(logged(error).error).toEqual({ name: 'object', message: 'cannot be shown' });
});

test('a line stays below Lambda\'s limit of 256 KB for any thrown value', () => {
  let error = new Error('漢'.repeat(1_000_000));
  for (let i = 0; i < 10; i++) {
    error = new Error('漢'.repeat(1_000_000), { cause: error });
    error.stack = '漢'.repeat(1_000_000);
  }
  const line = logged(error);
  expect(line.error!.cause!.message).toMatch(/^漢+$/);
  expect(Buffer.byteLength(JSON.stringify(line))).toBeLessThan(256 * 1024);
});

test('a circular chain of causes is truncated', () => {
  const error = new Error('boom');
  error.cause = error;
  expect(JSON.stringify(logged(error)).match(/"message":"boom"/g)).toHaveLength(6);
});

test('a line stays below 256 KB if all of its text must be escaped', () => {
  const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  const text = '\u0001'.repeat(10_000);
  let error = new Error(text);
  for (let i = 0; i < 10; i++) error = Object.assign(new Error(text, { cause: error }), { name: text, stack: text });
  log('ERROR', 'HANDLER_FAILED', text, { router: text, cause: error });
  expect(Buffer.byteLength(write.mock.calls[0][0])).toBeLessThan(256 * 1024);
});

test('a line has only its own members, whatever fields an error carries', () => {
  const lines = captureLog();
  const fields = { _aws: { CloudWatchMetrics: [] }, type: 'platform.report', ServerErrors: 1e6, level: 'x', message: 'x', code: 'x', timestamp: 'x', chunk: 'a.mjs' };
  logFailure(toCodedError(Object.assign(new Error('x'), { [Symbol.for('cdk-lazy-api')]: true, code: 'ROUTER_LOAD_FAILED', fields })));
  expect(lines).toEqual([{ timestamp: expect.stringMatching(/^\d{4}-/), level: 'ERROR', code: 'ROUTER_LOAD_FAILED', message: 'x', chunk: 'a.mjs' }]);
});

test.each(['constructor', '__proto__', 'toString', 'x', '', 7, { toString: () => 'TIMEOUT' }, undefined])('an error with the unknown code %p gets the code HANDLER_FAILED', (code) => {
  expect(toCodedError(Object.assign(new Error('x'), { [Symbol.for('cdk-lazy-api')]: true, code })).code).toBe('HANDLER_FAILED');
});

test('a line that cannot be written is left out', () => {
  jest.spyOn(process.stdout, 'write').mockImplementation(() => { throw new Error('EPIPE'); });
  expect(() => log('ERROR', 'HANDLER_FAILED', 'x', {})).not.toThrow();
});
