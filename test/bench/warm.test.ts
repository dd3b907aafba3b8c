import { execFileSync } from 'child_process';
import * as path from 'path';

test('the benchmark of warm requests runs, and a line has about 600 bytes', () => {
  const output = execFileSync(process.execPath, [path.join(__dirname, 'warm.mjs')], { encoding: 'utf8', env: { ...process.env, BENCH_PROCESSES: '1' }, stdio: ['ignore', 'pipe', 'ignore'] });
  expect(output.match(/\| with the request log \| \d+\.\d us \| -?\d+\.\d us \|/g)).toHaveLength(2);
  expect(output.match(/\| (express|fastify) \| serverless-http \| \d+\.\d us \| \d+\.\d\d \(/g)).toHaveLength(2);
  expect(Math.abs(Number(/A line has (\d+) bytes/.exec(output)![1]) - 600)).toBeLessThan(100);
});
