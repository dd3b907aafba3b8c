import { writeBody } from '../../lib/cli/write-answer';

function written(isOutWatched: boolean, body: string) {
  const streams = { out: '', err: '' };
  const terminal = {
    isWatched: false,
    isOutWatched,
    out: (data: string | Uint8Array) => { streams.out += Buffer.from(data).toString(); },
    err: (text: string) => { streams.err += text; },
    outStyle: (_: string, text: string) => text,
    errStyle: (_: string, text: string) => text,
  };
  writeBody({ title: 'GET /', status: 200, headers: [], body: Buffer.from(body), ms: 1 }, terminal);
  return streams;
}

test('on a terminal, the prompt starts on a new line after the body', () => {
  expect(written(true, '{}')).toEqual({ out: '{}', err: '200 GET /  total 1 ms\n\n' });
  expect(written(true, 'line\n').err).toBe('200 GET /  total 1 ms\n');
  expect(written(true, '').err).toBe('200 GET /  total 1 ms\n');
});

test('if stdout is not a terminal, nothing is added to the body', () => {
  expect(written(false, '{}')).toEqual({ out: '{}', err: '200 GET /  total 1 ms\n' });
});
