import * as fs from 'node:fs';
import { cpuSlowdown, createCpuLimit } from '../../../lib/local/lambda/cpu-limit';
import { LocalLambda } from '../../../lib/local/lambda/local-lambda';
import { runnable } from '../support';

const BUSY = `
export const handler = async () => {
  const started = process.hrtime.bigint();
  const cpu = process.cpuUsage();
  while (process.cpuUsage(cpu).user < 60_000);
  return Number(process.hrtime.bigint() - started) / 1e6;
};`;

const groups = () => ['/sys/fs/cgroup/cpu', '/sys/fs/cgroup'].filter((root) => fs.existsSync(root))
  .flatMap((root) => fs.readdirSync(root)).filter((name) => name.startsWith(`lazy-api-${process.pid}-`));

test('at 1769 MB and more, a function has a full vCPU', () => {
  expect(cpuSlowdown(1769)).toBe(1);
  expect(cpuSlowdown(3008)).toBe(1);
  expect(createCpuLimit(1769)).toBeDefined();
  expect(groups()).toEqual([]);
});

test('below 1769 MB, a computation takes 1769 / memory size times as long', () => {
  expect(cpuSlowdown(128)).toBeCloseTo(13.8, 1);
});

const cpuLimit = createCpuLimit(128);

(cpuLimit ? test : test.skip)('if the system allows it, an environment has its share of the CPU from the first invocation on, and leaves no control group behind', async () => {
  const lambda = new LocalLambda(runnable(BUSY), { cpuLimit });
  const { result } = await lambda.invoke('{}');
  expect(groups()).toHaveLength(1);
  await lambda.close();
  while (groups().length > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  // 60 ms of CPU time take 830 ms. With the full CPU, they would take a little more than 60 ms.
  expect(Number((result as { payload: Buffer }).payload.toString())).toBeGreaterThan(400);
});
