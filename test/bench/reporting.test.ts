import { execFileSync } from 'child_process';
import * as path from 'path';

test('the benchmark of the request log runs; a line has as many bytes as README says', () => {
  const output = execFileSync(process.execPath, [path.join(__dirname, 'reporting.mjs')], { encoding: 'utf8', env: { ...process.env, BENCH_PROCESSES: '1' }, stdio: ['ignore', 'pipe', 'ignore'] });
  expect(output).toMatch(/\| what the line costs \| -?\d+\.\d us \|/);
  expect(Math.abs(Number(/A line has (\d+) bytes/.exec(output)![1]) - 600)).toBeLessThan(100);
});
