import { compareBuilds, LARGE_PACKAGE, SHOP, synthesize } from './support';
import { compareCounters } from '../../../lib/local/profile/compare-counters';
import { CountedApi } from '../../../lib/local/profile/counters';
import { describeGrowth } from '../../../lib/local/profile/report/describe-growth';

const WITH_LARGE = {
  ...SHOP,
  ...LARGE_PACKAGE,
  'src/lib/export.ts': 'import large from "large"; export const size = large.length;',
  'src/routers/users.ts': 'import { size } from "../lib/export"; import { shared } from "../shared"; export const handler = async () => ({ statusCode: 200, body: shared("users") + size });',
};

test('a router that gains an import of 300 KB fails, and the failure names the package and the imports that lead to it', () => {
  const { failures } = compareBuilds(synthesize(), synthesize(WITH_LARGE));
  const bytes = failures.find(({ scope, counter }) => scope === '/api/users' && counter === 'bytes')!;
  expect(bytes.after - bytes.before).toBeGreaterThan(300_000);
  expect(bytes.causes[0]).toMatchObject({
    name: 'large', before: 0, chain: ['src/routers/users.ts', 'src/lib/export.ts', 'node_modules/large/index.js'],
  });
  expect(describeGrowth(bytes)).toMatch(/^\/api\/users: bytes [\d,]+ -> 30\d,\d{3} \(\+[\d.]+ %\)\n {2}added large, 300,\d{3} bytes, by src\/routers\/users\.ts > src\/lib\/export\.ts > node_modules\/large\/index\.js/);
  expect(failures.filter(({ scope }) => scope === '/api/users').map(({ counter }) => counter)).toEqual(['bytes', 'modules']);
  // INIT does not load the package, and other routers do not need it.
  expect(failures.map(({ scope }) => scope).filter((scope) => scope !== '/api/users')).toEqual([]);
});

test('equal builds pass, even if no growth is allowed', () => {
  expect(compareBuilds(synthesize(), synthesize(), 0)).toEqual({ failures: [], newRouters: [], removedRouters: [] });
});

test('new and removed routers are reported, but are not failures', () => {
  const { 'src/routers/health.ts': health, ...others } = SHOP;
  const files = { ...others, 'src/routers/status.ts': health };
  const { failures, ...routers } = compareBuilds(synthesize(), synthesize(files));
  expect(routers).toEqual({ newRouters: ['/api/status'], removedRouters: ['/api/health'] });
  expect(failures.filter(({ scope }) => scope !== 'INIT')).toEqual([]);
});

test('an import that all routers gain also fails INIT', () => {
  const { failures } = compareBuilds(synthesize(), synthesize({ ...WITH_LARGE, 'src/shared.ts': `export { size } from './lib/export';\n${SHOP['src/shared.ts']}`, 'src/routers/health.ts': 'import { size } from "../shared"; export const handler = async () => ({ statusCode: size });' }));
  const init = failures.find(({ scope, counter }) => scope === 'INIT' && counter === 'bytes');
  expect(init?.causes.map(({ name }) => name)).toContain('large');
});

function counted(bytes: number): CountedApi {
  const loaded = { bytes, files: 1, chunks: 1, modules: 1, loads: [] };
  return { init: { ...loaded, bytes: 100 }, routers: [{ prefix: '/a', entry: 'a.ts', needs: loaded, first: loaded }], chunks: {}, origins: [] };
}

test.each([
  [100, 105, 0.05, []],
  [100, 106, 0.05, [0.06]],
  [100, 101, 0, [0.01]],
  [100, 90, 0, []],
  [0, 1, 0.05, [null]],
])('growth from %d to %d bytes with a limit of %d causes the failures %j', (before, after, maxGrowth, growths) => {
  const { failures } = compareCounters(counted(before), counted(after), {}, { maxGrowth });
  expect(failures.map(({ growth }) => growth === null ? null : Number(growth.toFixed(6)))).toEqual(growths);
});

test('only the selected counters can fail', () => {
  const { failures } = compareCounters(counted(100), counted(200), {}, { maxGrowth: 0.05, counters: ['files', 'modules'] });
  expect(failures).toEqual([]);
});
