import * as fs from 'node:fs';
import * as path from 'node:path';
import { SHOP, synthesize } from './support';
import { PreloadPolicy } from '../../../lib';
import { readManifest } from '../../../lib/local/assembly/local-asset';
import { assetOf } from '../../../lib/local/assembly/synthesized-api';
import { countApi } from '../../../lib/local/profile/counters';

const sizeOf = (asset: string, files: readonly string[]) => files.reduce((sum, file) => sum + fs.statSync(path.join(asset, file)).size, 0);

test('INIT loads the index, the entry, the code for fetch routers, and the chunks that the plan names', () => {
  const api = synthesize();
  const asset = assetOf(api);
  const { init } = countApi(api);
  const { preload: { initBytes } } = readManifest(asset);
  expect(init.loads).toEqual(expect.arrayContaining(['index.mjs', 'main.mjs', 'fetch.mjs']));
  expect(init.loads).not.toContain('listener.mjs');
  expect(init.bytes).toBe(sizeOf(asset, init.loads));
  expect(init.bytes).toBe(initBytes + sizeOf(asset, ['index.mjs', 'fetch.mjs']));
  expect(init.files).toBe(init.loads.length);
});

test('a router needs all chunks that it imports, and its first request loads those that INIT has not loaded', () => {
  const api = synthesize(SHOP, { preloadPolicy: PreloadPolicy.nothing() });
  const asset = assetOf(api);
  const { routers, chunks } = countApi(api);
  const [health, orders, users] = routers;
  expect(routers.map(({ prefix }) => prefix)).toEqual(['/api/health', '/api/orders', '/api/users']);
  expect(health.first).toEqual({ bytes: sizeOf(asset, ['routers/health.mjs']), files: 1, chunks: 1, modules: 1, loads: ['routers/health.mjs'] });
  expect(orders.first.loads).toContain('routers/orders.mjs');
  expect(orders.needs).toMatchObject({ bytes: sizeOf(asset, orders.needs.loads), modules: 3 });
  const shared = users.needs.loads.find((file) => file.startsWith('shared/'))!;
  expect(orders.needs.loads).toContain(shared);
  expect(chunks[shared]).toMatchObject({ role: 'shared', modules: { 'src/shared.ts': expect.any(Number) as unknown } });
});

test('the first request does not load what INIT has loaded', () => {
  const { routers, init } = countApi(synthesize(SHOP, { preloadPolicy: PreloadPolicy.everything() }));
  expect(routers.map(({ first }) => first)).toEqual(routers.map(() => ({ bytes: 0, files: 0, chunks: 0, modules: 0, loads: [] })));
  expect(init.loads).toEqual(expect.arrayContaining(routers.flatMap(({ needs }) => [...needs.loads])));
});

test('equal sources have equal counters', () => {
  expect(countApi(synthesize())).toEqual(countApi(synthesize()));
});
