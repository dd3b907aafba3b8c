/** The counters of functions with routers in Python, after a real synthesis with packages from a lock file. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { HEAVY_SHOP, PYTHON_SHOP, synthesizePython } from './python-support';
import { compareBuilds } from './support';
import { PreloadPolicy } from '../../../lib';
import { readModuleGraph } from '../../../lib/local/assembly/read-module-graph';
import { assetOf } from '../../../lib/local/assembly/synthesized-api';
import { countApi } from '../../../lib/local/profile/counters';
import { PROFILE_VERSION, ProfileReport } from '../../../lib/local/profile/profile-report';
import { describeGrowth } from '../../../lib/local/profile/report/describe-growth';
import { renderPage } from '../../../lib/local/profile/report/html/page';

const shop = synthesizePython(PYTHON_SHOP, { preloadPolicy: PreloadPolicy.nothing() });
const sizeOf = (...files: readonly string[]) => files.reduce((sum, file) => sum + fs.statSync(path.join(assetOf(shop), file)).size, 0);

test('INIT loads the index, the table of routers, and the modules of the runtime that these import', () => {
  const { init, chunks } = countApi(shop);
  expect(init.loads).toEqual(expect.arrayContaining(['lazy_api_index.py', 'lazy_api_main.py', 'lazy_api']));
  const runtime = Object.keys(chunks.lazy_api.modules);
  expect(runtime).toContain('lazy_api/serve.py');
  expect(init.bytes).toBe(sizeOf('lazy_api_index.py', 'lazy_api_main.py', ...runtime));
  expect(init.files).toBeGreaterThanOrEqual(2 + runtime.length);
});

test('the first request to a router loads its modules and those of its packages, and empty modules count only as files', () => {
  const [health, orders, users] = countApi(shop).routers;
  expect([health, orders, users].map(({ prefix, entry }) => [prefix, entry])).toEqual([
    ['/api/health', 'backend/api/health.py'], ['/api/orders', 'backend/api/orders.py'], ['/api/users', 'backend/api/users.py'],
  ]);
  // The standard library is not in the asset.
  expect(health.first).toMatchObject({ bytes: sizeOf('api/health.py'), files: 1, chunks: 1, modules: 1 });
  expect(users.first).toMatchObject({ bytes: sizeOf('api/users.py', 'shared/prices.py'), files: 3, chunks: 2, modules: 2 });
  expect(orders.first.loads).toContain('sales-tax');
  expect(orders.first).toMatchObject({ bytes: sizeOf('api/orders.py', 'shared/prices.py', 'tax/rates.py'), files: 5, chunks: 3, modules: 3 });
});

test('a router that gains a heavy import fails the gate, which names the package of the lock file and the imports that lead to it', () => {
  const after = synthesizePython(HEAVY_SHOP, { preloadPolicy: PreloadPolicy.nothing() });
  const { failures } = compareBuilds(shop, after);
  expect(new Set(failures.map(({ scope }) => scope))).toEqual(new Set(['/api/users']));
  expect(describeGrowth(failures.find(({ counter }) => counter === 'bytes')!)).toMatch(new RegExp([
    '^/api/users: bytes [\\d,]+ -> 30\\d,\\d{3} \\(\\+[\\d.]+ %\\)',
    '  added heavy-frames, 300,\\d{3} bytes, by backend/api/users\\.py > backend/shared/export\\.py > site-packages/heavy_frames/__init__\\.py$',
  ].join('\n'), 'm'));
});

test('equal sources pass, even if no growth is allowed', () => {
  expect(compareBuilds(shop, synthesizePython(PYTHON_SHOP, { preloadPolicy: PreloadPolicy.nothing() }), 0).failures).toEqual([]);
});

test('the page names modules and the packages of the lock file, and knows which module imports another', () => {
  const report: ProfileReport = { version: PROFILE_VERSION, construct: shop.path, stack: shop.stack, memoryMb: 1024, counters: countApi(shop), notes: [], problems: [] };
  const html = renderPage(report, readModuleGraph(shop));
  expect(html).toMatch(/<button type="button" class="tile package"[^>]*>sales-tax: rates\.py, /);
  expect(html).toMatch(/<button type="button" class="tile project"[^>]*>shared\/prices\.py, /);
  expect(html).toMatch(/<button type="button" class="tile library"[^>]*title="lazy_api\/serve\.py, /);
  const { modules } = JSON.parse(/<script type="application\/json" id="data">(.*?)<\/script>/.exec(html)![1]) as {
    readonly modules: ReadonlyArray<{ readonly file: string; readonly from: number | null }>;
  };
  expect(modules[modules.find(({ file }) => file === 'site-packages/tax/rates.py')!.from!].file).toBe('backend/api/orders.py');
});
