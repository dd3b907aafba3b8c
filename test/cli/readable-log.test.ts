import { readableLog } from '../../lib/cli/readable-log';

const terminal = { errStyle: (_: string, text: string) => text };
const json = (fields: object) => `${JSON.stringify({ timestamp: '2026-11-22T02:00:00.000Z', requestId: 'abc', ...fields })}\n`;

test('the line about a request is left out, because the command writes one itself', () => {
  const line = json({ level: 'INFO', message: 'GET /users 200', coldStart: true, totalMs: 1.8, _aws: {} });
  expect(readableLog(`before\n${line}after\n`, terminal)).toBe('before\nafter\n');
});

test('a failure has its code, its router and a stack that can be read', () => {
  const line = json({ level: 'ERROR', message: 'the router threw', code: 'HANDLER_FAILED', router: '/users', error: { name: 'Error', message: 'boom', stack: 'Error: boom\n    at fetch (users.mjs:2:25)' } });
  expect(readableLog(line, terminal)).toBe('ERROR the router threw (HANDLER_FAILED) {"router":"/users"}\n  Error: boom\n      at fetch (users.mjs:2:25)\n');
});

test('what the console writes is its text', () => {
  expect(readableLog(json({ level: 'INFO', message: 'hello { a: 1 }' }), terminal)).toBe('INFO hello { a: 1 }\n');
});

test('an error that the console writes has its stack, alone or after a text', () => {
  const thrown = { errorType: 'TypeError', errorMessage: 'no', stackTrace: ['TypeError: no', '    at x'] };
  expect(readableLog(json({ level: 'WARN', message: thrown }), terminal)).toBe('WARN TypeError: no\n  TypeError: no\n      at x\n');
  expect(readableLog(json({ level: 'WARN', message: 'oh', ...thrown }), terminal)).toBe('WARN oh\n  TypeError: no\n      at x\n');
});

test.each(['plain\n', '{"mine":1}\n', '{"timestamp":"2026', 'null\n', ''])('%j stays as it is', (text) => {
  expect(readableLog(text, terminal)).toBe(text);
});
