import { PassThrough } from 'node:stream';
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
  ['what is no terminal', false, {}], ['a terminal with NO_COLOR', true, { NO_COLOR: '1' }], ['a terminal that is dumb', true, { TERM: 'dumb' }],
])('%s gets none', (_, isTTY, env) => {
  expect(terminal(isTTY, env).outStyle('red', 'text')).toBe('text');
});

test('a reader that goes away is no error, and other errors are', () => {
  const stdout = new PassThrough();
  processTerminal({ stdout, stderr: new PassThrough(), env: {} } as unknown as NodeJS.Process);
  expect(() => stdout.emit('error', Object.assign(new Error('EPIPE'), { code: 'EPIPE' }))).not.toThrow();
  expect(() => stdout.emit('error', new Error('disk is full'))).toThrow('disk is full');
});
