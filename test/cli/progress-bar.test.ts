import { progressBar } from '../../lib/cli/progress-bar';

function written(isWatched: boolean): string {
  let text = '';
  let time = 0;
  const bar = progressBar({ isWatched, err: (more) => { text += more; } }, () => time);
  time = 1000;
  bar.show(1, 4);
  bar.clear();
  return text;
}

test('a terminal shows the progress and the remaining time', () => {
  expect(written(true)).toBe('\r\u001b[K[########                      ] 1 of 4 cold starts, 3 s left\r\u001b[K');
});

test('output that does not go to a terminal has no progress bar', () => {
  expect(written(false)).toBe('');
});
