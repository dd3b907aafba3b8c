import { measure, MeasuredBuild, planJobs } from '../../../lib/local/profile/measure';
import { HTTP_API, runnable } from '../support';

const request = (prefix: string) => ({ prefix, title: `GET ${prefix}`, event: '{}' });
const buildOf = (name: MeasuredBuild['name'], prefixes: readonly string[], source = 'export const handler = async () => ({ statusCode: 200 });'): MeasuredBuild => ({
  name, endpoint: HTTP_API, requests: prefixes.map(request), runnable: (memoryMb) => runnable(source, { memoryMb }),
});

test('builds take turns, and each one goes first equally often', () => {
  const jobs = planJobs([buildOf('lazy', ['/a', '/b']), buildOf('base', ['/a', '/b'])], 2, [512]);
  expect(jobs.map(({ round, request: { prefix }, build }) => `${round} ${prefix} ${build.name}`)).toEqual([
    '0 /a lazy', '0 /a base', '0 /b base', '0 /b lazy', '1 /a base', '1 /a lazy', '1 /b lazy', '1 /b base',
  ]);
});

test('a router that only one build has is measured in that build', () => {
  const jobs = planJobs([buildOf('lazy', ['/a', '/new']), buildOf('base', ['/a'])], 1, [512, 1024]);
  expect(jobs.filter((job) => job.request.prefix === '/new').map(({ memoryMb, build }) => `${memoryMb} ${build.name}`)).toEqual(['512 lazy', '1024 lazy']);
});

test('each cold start has its own process, and the progress is reported', async () => {
  const told: number[][] = [];
  const source = 'let count = 0; export const handler = async () => ({ statusCode: 200 + count++ });';
  const { samples, failures } = await measure({
    builds: [buildOf('lazy', ['/a'], source)], rounds: 2, memorySizes: [1769], progress: (done, of) => void told.push([done, of]),
  });
  expect(samples.map(({ round, status, memoryMb, build, prefix }) => ({ round, status, memoryMb, build, prefix }))).toEqual([
    { round: 0, status: 200, memoryMb: 1769, build: 'lazy', prefix: '/a' }, { round: 1, status: 200, memoryMb: 1769, build: 'lazy', prefix: '/a' },
  ]);
  expect(failures).toEqual([]);
  expect(told).toEqual([[1, 2], [2, 2]]);
});

test('a build that fails at a memory size is not measured at that size again', async () => {
  const broken = buildOf('monolith', ['/a', '/b'], 'throw new Error("too large");');
  const { samples, failures } = await measure({ builds: [broken], rounds: 2, memorySizes: [1769] });
  expect(samples).toEqual([]);
  expect(failures).toEqual([{ memoryMb: 1769, build: 'monolith', prefix: '/a', error: expect.stringContaining('too large') as unknown }]);
});
