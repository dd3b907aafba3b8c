import { PassThrough } from 'node:stream';
import { functionOutput } from '../../lib/cli/function-output';
import { processTerminal } from '../../lib/cli/terminal';

function terminal(isTTY: boolean, env: NodeJS.ProcessEnv = {}) {
  const stream = () => Object.assign(new PassThrough(), { isTTY });
  return processTerminal({ stdout: stream(), stderr: stream(), env } as unknown as NodeJS.Process);
}

test('terminals get colors', () => {
  expect(terminal(true).outStyle('red', 'text')).toBe('\u001b[31mtext\u001b[39m');
  expect(terminal(true).errStyle('red', 'text')).toBe('\u001b[31mtext\u001b[39m');
});

test.each<[string, boolean, NodeJS.ProcessEnv]>([
  ['output that does not go to a terminal', false, {}], ['a terminal with NO_COLOR', true, { NO_COLOR: '1' }], ['a terminal with TERM=dumb', true, { TERM: 'dumb' }],
])('%s gets no colors', (_, isTTY, env) => {
  expect(terminal(isTTY, env).outStyle('red', 'text')).toBe('text');
});

const LINE = `${JSON.stringify({ timestamp: '2026-11-22T02:00:00.000Z', level: 'INFO', message: 'hello' })}\n`;

test.each<[string, boolean, NodeJS.ProcessEnv, string]>([
  ['readable on a terminal', true, { NO_COLOR: '1' }, 'INFO hello\n'], ['unchanged for programs', false, {}, LINE], ['unchanged on CI systems', true, { CI: 'true' }, LINE],
])('the log of the function is %s', (_, isTTY, env, expected) => {
  let text = '';
  functionOutput({ ...terminal(isTTY, env), err: (more) => { text += more; } })(LINE);
  expect(text).toBe(expected);
});

test('a closed pipe is not an error, but other write errors are', () => {
  const stdout = new PassThrough();
  processTerminal({ stdout, stderr: new PassThrough(), env: {} } as unknown as NodeJS.Process);
  expect(() => stdout.emit('error', Object.assign(new Error('EPIPE'), { code: 'EPIPE' }))).not.toThrow();
  expect(() => stdout.emit('error', new Error('disk is full'))).toThrow('disk is full');
});
