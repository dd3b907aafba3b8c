/**
 * These tests check packages that code imports dynamically, with real builds.
 */
import { PreloadPolicy } from '../../../lib';
import { newApi, routersOf } from '../../support/app';

const PROJECT = {
  'package.json': '{}',
  'node_modules/@orm/client/package.json': '{ "main": "index.js" }',
  'node_modules/@orm/client/index.js': 'exports.query = async () => (await import("@orm/engine")).run();',
  'node_modules/@orm/engine/package.json': '{ "main": "index.js" }',
  'node_modules/@orm/engine/index.js': `exports.run = () => ${JSON.stringify('q'.repeat(5000))};`,
  'src/routers/users.ts': 'import { query } from "@orm/client"; export const handler = async () => ({ statusCode: 200, body: await query() });',
  'src/routers/orders.ts': 'export const handler = async () => ({ statusCode: 200 });',
};

const preloadOf = (preloadPolicy: PreloadPolicy) => {
  const { manifest } = newApi({ routers: routersOf(PROJECT), preloadPolicy });
  const holding = (name: string) => manifest!.sharedChunks.filter(({ contents }) => contents.includes(name)).map(({ file }) => file);
  const decisions = new Map(manifest!.preload.decisions.map(({ file, preload, reason }) => [file, `${preload}: ${reason}`]));
  return holding('@orm/engine').map((file) => decisions.get(file));
};

test('even everything() does not preload a package that is imported at the first query', () => {
  expect(preloadOf(PreloadPolicy.everything())).toEqual([undefined]);
});

test.each([
  ['memoryAware', PreloadPolicy.memoryAware({ include: ['@orm/engine'] })],
  ['sharedBy', PreloadPolicy.sharedBy(1, { include: ['@orm/engine'] })],
])('%s preloads a package that it includes', (_, policy) => {
  expect(preloadOf(policy)).toEqual(['true: the policy includes @orm/engine']);
});

test('a package that is not in the code is refused', () => {
  expect(() => preloadOf(PreloadPolicy.memoryAware({ include: ['@orm/engin'] }))).toThrow(
    /preloadPolicy: include must name packages in the code, got "@orm\/engin"; the largest packages are @orm\/engine, @orm\/client/,
  );
});
