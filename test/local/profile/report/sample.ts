import type { CountedApi } from '../../../../lib/local/profile/counters';
import type { ProfileReport } from '../../../../lib/local/profile/profile-report';
import type { ColdStartTimes } from '../../../../lib/local/profile/times';

const LARGE = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`node_modules/big/lib/part-${i}.js`, 9000 - 140 * i]));

const COUNTERS: CountedApi = {
  init: { bytes: 12_300, files: 2, chunks: 0, modules: 2, loads: ['index.mjs', 'main.mjs'] },
  routers: [
    { prefix: '/api/a', entry: 'src/a.ts', needs: { bytes: 400_000, files: 2, chunks: 2, modules: 62, loads: ['shared/x.mjs', 'routers/a.mjs'] }, first: { bytes: 400_000, files: 2, chunks: 2, modules: 62, loads: ['shared/x.mjs', 'routers/a.mjs'] } },
    { prefix: '/api/<b>&', entry: 'src/<b>.ts', needs: { bytes: 900, files: 1, chunks: 1, modules: 1, loads: ['routers/b.mjs'] }, first: { bytes: 900, files: 1, chunks: 1, modules: 1, loads: ['routers/b.mjs'] } },
  ],
  chunks: {
    'index.mjs': { role: 'entry', bytes: 300, modules: {} },
    'main.mjs': { role: 'entry', bytes: 12_000, modules: { 'main.js': 2000, '<data:text/javascript;base64,aaa>': 10_000 } },
    'shared/x.mjs': { role: 'shared', bytes: 390_000, modules: LARGE },
    'routers/a.mjs': { role: 'router', bytes: 1000, modules: { 'src/a.ts': 500, 'src/util.ts': 500 } },
    'routers/b.mjs': { role: 'router', bytes: 900, modules: { 'src/<b>.ts': 900 } },
  },
  origins: [
    { name: 'cdk-lazy-api/runtime', kind: 'library', sources: ['<data:text/javascript;base64,aaa>'] },
    { name: 'big', kind: 'package', sources: Object.keys(LARGE) },
  ],
};

/** The imports of the sample's sources. */
export const IMPORTS = {
  'src/a.ts': ['src/util.ts'],
  'src/util.ts': ['node_modules/big/index.js'],
  'node_modules/big/index.js': Object.keys(LARGE),
};

const times = (coldMs: number): ColdStartTimes => ({ coldMs, initMs: coldMs / 2, loadMs: coldMs / 4, firstMs: coldMs / 2, warmMs: 1.25, peakMemoryMb: 80.4 });
const build = (a: number, b: number) => ({
  mean: times((a + b) / 2), routers: [{ prefix: '/api/<b>&', status: 200, ...times(b) }, { prefix: '/api/a', status: 200, ...times(a) }],
});

export const COUNTED: ProfileReport = { version: 1, construct: 'Shop/Api', stack: 'Shop', memoryMb: 1024, counters: COUNTERS, notes: [], problems: [] };

export const MEASURED: ProfileReport = {
  ...COUNTED,
  times: {
    rounds: 3,
    requests: { '/api/a': 'GET /api/a', '/api/<b>&': 'GET /api/<b>&' },
    sizes: [
      { memoryMb: 256, estimated: true, failures: [], builds: { lazy: build(600, 400), monolith: build(900, 900), empty: build(100, 100) } },
      { memoryMb: 1024, estimated: false, failures: [{ memoryMb: 1024, build: 'monolith', prefix: '/api/a', error: 'too large' }], builds: { lazy: build(300, 200), empty: build(100, 100) } },
    ],
    comparisons: [],
  },
  verdict: 'Lazy loading helps this API at 256 MB.',
  notes: ['something differs from <Lambda>'],
};

const failure = { scope: '/api/a', counter: 'bytes' as const, before: 1000, after: 400_000, growth: 399, causes: [{ name: 'big', before: 0, after: 389_000, chain: ['src/a.ts', 'src/util.ts', 'node_modules/big/index.js'] }, { name: 'src/a.ts', before: 400, after: 500, chain: ['src/a.ts'] }] };

export const GROWN: ProfileReport = {
  ...COUNTED,
  comparison: { maxGrowth: 0.05, failures: [failure], newRouters: ['/api/<b>&'], removedRouters: ['/api/old'] },
  problems: ['/api/a: bytes 1,000 -> 400,000 (+39900.0 %)'],
};

/** The same API, compared with another assembly. */
export const BESIDE_BASE: ProfileReport = {
  ...COUNTED,
  comparison: { maxGrowth: 0.07, failures: [], newRouters: [], removedRouters: [] },
  times: {
    rounds: 3,
    requests: {},
    sizes: [{ memoryMb: 1024, estimated: false, failures: [], builds: { lazy: build(300, 200), base: build(290, 200) } }],
    comparisons: [{ memoryMb: 1024, mean: { ratio: 1.02, low: 0.99, high: 1.05, confidence: 0.99 }, routers: [] }],
  },
};
