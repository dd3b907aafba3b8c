import { readableLog } from '../../lib/cli/readable-log';

const terminal = { errStyle: (_: string, text: string) => text };
const json = (fields: object) => `${JSON.stringify({ timestamp: '2026-11-22T02:00:00.000Z', requestId: 'abc', ...fields })}\n`;

test('the log line about a request is left out, because the command writes its own line', () => {
  const line = json({ level: 'INFO', message: 'GET /users 200', coldStart: true, totalMs: 1.8, _aws: {} });
  expect(readableLog(`before\n${line}after\n`, terminal)).toBe('before\nafter\n');
});

test('a failure has its code, its router, and a readable stack', () => {
  const line = json({ level: 'ERROR', message: 'the router threw', code: 'HANDLER_FAILED', router: '/users', error: { name: 'Error', message: 'boom', stack: 'Error: boom\n    at fetch (users.mjs:2:25)' } });
  expect(readableLog(line, terminal)).toBe('ERROR the router threw (HANDLER_FAILED) {"router":"/users"}\n  Error: boom\n      at fetch (users.mjs:2:25)\n');
});

test.each(['file:///home/ada/my%20shop/cdk.out/asset.3f1c/', 'file:///tmp/cdk-lazy-api-Ab3/asset/'])('a stack omits the runtime client, and its files are relative to %s', (asset) => {
  const stack = `Error: boom\n    at fetch (${asset}routers/users.mjs:2:25)\n    at async ${asset}main.mjs:2:3\n    at async start (file:///x/aws-lambda-ric/index.mjs:1:2)`;
  expect(readableLog(json({ level: 'ERROR', message: 'no', error: { stack } }), terminal)).toBe('ERROR no\n  Error: boom\n      at fetch (routers/users.mjs:2:25)\n      at async main.mjs:2:3\n');
});

test('a message from the console is shown as its level and its text', () => {
  expect(readableLog(json({ level: 'INFO', message: 'hello { a: 1 }' }), terminal)).toBe('INFO hello { a: 1 }\n');
});

test('an error from the console is shown with its stack, alone or after a message', () => {
  const thrown = { errorType: 'TypeError', errorMessage: 'no', stackTrace: ['TypeError: no', '    at x'] };
  expect(readableLog(json({ level: 'WARN', message: thrown }), terminal)).toBe('WARN TypeError: no\n  TypeError: no\n      at x\n');
  expect(readableLog(json({ level: 'WARN', message: 'oh', ...thrown }), terminal)).toBe('WARN oh\n  TypeError: no\n      at x\n');
  expect(readableLog(json({ level: 'WARN', message: 'oh TypeError: no\n    at x', ...thrown }), terminal)).toBe('WARN oh TypeError: no\n      at x\n');
});

test.each(['plain\n', '{"mine":1}\n', '{"timestamp":"2026', 'null\n', ''])('%j is not changed', (text) => {
  expect(readableLog(text, terminal)).toBe(text);
});
