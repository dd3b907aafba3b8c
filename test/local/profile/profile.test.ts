import * as fs from 'node:fs';
import * as path from 'node:path';
import { LARGE_PACKAGE, SHOP, synthesize } from './support';
import { Verify } from '../../../lib';
import { projectOf, SynthesizedApi } from '../../../lib/local/assembly/synthesized-api';
import * as cpuLimit from '../../../lib/local/lambda/cpu-limit';
import { buildMonolith } from '../../../lib/local/profile/monolith';
import { GateOptions, profile } from '../../../lib/local/profile/profile';
import { ProfileOptions } from '../../../lib/local/profile/profile-times';
import { lambdaNodes } from '../../lambda-node';
import { listFiles } from '../../support/project';

const GATE: GateOptions = { maxGrowth: 0.05, countersOnly: false, failOnTime: false };

/** One cold start for each router and build, at full speed. */
const run = (api: SynthesizedApi, options: Partial<ProfileOptions> = {}, gate: Partial<GateOptions> = {}) => profile(api, {
  rounds: 1, memorySizes: [1769], requests: [], node: lambdaNodes[lambdaNodes.length - 1].path, ...options,
}, { ...GATE, ...gate });

const limits = cpuLimit.createCpuLimit(128) !== undefined ? test : test.skip;

test('every router is measured, and so are the monolith and an empty function', async () => {
  const report = await run(synthesize());
  const [{ builds, estimated, failures }] = report.times!.sizes;
  expect({ estimated, failures, problems: report.problems }).toEqual({ estimated: false, failures: [], problems: [] });
  expect(builds.lazy!.routers.map(({ prefix, status }) => [prefix, status])).toEqual([['/api/health', 204], ['/api/orders', 200], ['/api/users', 200]]);
  expect(builds.monolith!.routers.map(({ prefix, status }) => [prefix, status])).toEqual([['/api/health', 204], ['/api/orders', 200], ['/api/users', 200]]);
  expect(builds.empty!.routers).toHaveLength(1);
  expect(builds.lazy!.mean).toMatchObject({ coldMs: expect.any(Number) as unknown, initMs: expect.any(Number) as unknown, loadMs: expect.any(Number) as unknown });
  expect(report.times!.requests).toMatchObject({ '/api/users': 'GET /api/users' });
  expect(report.verdict).toMatch(/^(Lazy loading (helps|does not help)|It is not certain that lazy loading helps) this API/);
});

limits('each memory size is measured if the CPU can be limited', async () => {
  const { times, notes } = await run(synthesize({ 'src/routers/a.ts': SHOP['src/routers/health.ts'] }), { memorySizes: [256, 1769] });
  expect(times!.sizes.map(({ memoryMb, estimated, builds }) => [memoryMb, estimated, builds.lazy !== undefined])).toEqual([[256, false, true], [1769, false, true]]);
  expect(notes).toEqual([]);
});

test('if the CPU cannot be limited, smaller sizes are estimates, and a note says so', async () => {
  jest.spyOn(cpuLimit, 'createCpuLimit').mockImplementation((memoryMb) => (memoryMb < 1769 ? undefined : { enter: () => () => {} }));
  const { times, notes, verdict } = await run(synthesize({ 'src/routers/a.ts': SHOP['src/routers/health.ts'] }), { memorySizes: [256, 1769] });
  jest.restoreAllMocks();
  const [small, large] = times!.sizes;
  expect([small.estimated, large.estimated]).toEqual([true, false]);
  expect(small.builds.lazy!.mean.initMs).toBe(large.builds.lazy!.mean.initMs);
  expect(small.builds.lazy!.mean.firstMs).toBeCloseTo((large.builds.lazy!.mean.firstMs * 1769) / 256, 5);
  expect(notes).toEqual([expect.stringMatching(/^this machine does not let the command limit the CPU: everything was measured at full speed/)]);
  expect(verdict).toMatch(/by estimate|does not help|not certain/);
});

test('requests in the options replace the GET request to the prefix', async () => {
  const files = { 'src/routers/users.ts': 'export const handler = async (event) => ({ statusCode: event.requestContext.http.method === "POST" ? 201 : 500 });' };
  const api = synthesize(files, { verify: Verify.off() });
  const answered = await run(api, { requests: [{ method: 'POST', target: '/api/users/new', headers: {}, status: 201 }] });
  expect(answered.times!.sizes[0].builds.lazy!.routers[0].status).toBe(201);
  expect(answered.notes.filter((note) => note.includes('--requests'))).toEqual([]);
  expect((await run(api)).notes).toContain('GET /api/users got status 500: specify another request with --requests FILE');
});

test('a router that does not load is reported as a problem, with its error', async () => {
  const { problems } = await run(synthesize({ ...SHOP, 'src/routers/users.ts': 'throw new Error("not today"); export const handler = 1;' }, { verify: Verify.off() }));
  expect(problems).toEqual([expect.stringMatching(/^\/api\/users failed at 1769 MB: ROUTER_LOAD_FAILED: .*: not today$/)]);
});

test('without the sources, the monolith is left out, with a note', async () => {
  const api = synthesize();
  fs.rmSync(path.join(projectOf(api), 'src/routers/users.ts'));
  const report = await run(api);
  expect(report.times!.sizes[0].builds.monolith).toBeUndefined();
  expect(report.notes).toEqual([expect.stringMatching(/^the monolith is left out, because its sources do not build: .*users\.ts/)]);
  expect(report.verdict).toBe('It is unknown whether lazy loading helps this API, because there is no monolith to compare it with.');
});

test('the monolith is one file that contains all routers', async () => {
  const files = { 'src/routers/a.ts': 'console.log("a is here"); export const handler = async () => ({});', 'src/routers/b.ts': 'console.log("b is here"); export const handler = async () => ({});' };
  const api = synthesize(files, { verify: Verify.off() });
  const empty = fs.mkdtempSync(path.join(projectOf(api), 'asset-'));
  const monolith = buildMonolith(api, empty);
  if ('note' in monolith) throw new Error(monolith.note);
  expect(listFiles(monolith.directory)).toEqual(['index.mjs']);
  const code = fs.readFileSync(path.join(monolith.directory, 'index.mjs'), 'utf8');
  expect(code.length).toBe(monolith.bytes);
  expect(code).toMatch(/a is here[^]*b is here/);
  monolith.close();
  expect(fs.existsSync(monolith.directory)).toBe(false);
});

test('the profile stops before it runs anything if counters have grown too much', async () => {
  const after = synthesize({ ...SHOP, ...LARGE_PACKAGE, 'src/routers/users.ts': 'import large from "large"; export const handler = async () => ({ statusCode: large.length });' });
  const report = await run(after, { base: synthesize() });
  expect(report.times).toBeUndefined();
  expect(report.problems[0]).toMatch(/^\/api\/users: bytes [^]*added large, 300,\d+ bytes, by src\/routers\/users\.ts > node_modules\/large\/index\.js/);
});

test('cold starts of two builds are compared, and slower ones fail only if failOnTime is set', async () => {
  const slow = 'const end = Date.now() + 700; while (Date.now() < end); export const handler = async () => ({ statusCode: 204 });';
  const [base, api] = [synthesize({ 'src/routers/a.ts': SHOP['src/routers/health.ts'] }), synthesize({ 'src/routers/a.ts': slow })];
  const { times, problems, verdict } = await run(api, { base, rounds: 5 }, { maxGrowth: 10, failOnTime: true });
  expect(times!.comparisons[0].mean!.low).toBeGreaterThan(1);
  expect(problems).toEqual([expect.stringMatching(/^cold starts at 1769 MB are slower: the mean over the routers has grown by \+[\d.]+ % \(99 % confidence: /)]);
  expect({ verdict, monolith: times!.sizes[0].builds.monolith }).toEqual({});
  expect((await run(api, { base, rounds: 2 }, { maxGrowth: 10 })).problems).toEqual([]);
});

test('nothing runs if countersOnly is set', async () => {
  const report = await run(synthesize({ 'src/routers/a.ts': 'export const handler = async () => ({});' }), { node: 'nowhere' }, { countersOnly: true });
  expect(report).toMatchObject({ version: 1, construct: 'Shop/Api', stack: 'Shop', memoryMb: 1024, problems: [], notes: [] });
  expect(report.times).toBeUndefined();
});
