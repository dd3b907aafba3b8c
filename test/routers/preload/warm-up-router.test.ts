import { NODE_LOAD_COST } from '../../../lib/languages/javascript/load-cost';
import { Chunk } from '../../../lib/routers/built-code';
import { buildLoadGraph } from '../../../lib/routers/load-graph';
import { PlannedRouter, planPreload } from '../../../lib/routers/preload/preload-plan';
import { PreloadPolicy } from '../../../lib/routers/preload/preload-policy';

const MEGABYTE = 1_000_000;

/** Plans routers with one shared chunk and their own bytes, at a full vCPU, where INIT does not load chunks that only some routers need. */
function plan(shared: number, own: readonly number[], { more = {}, policy = PreloadPolicy.memoryAware() }: { more?: Partial<PlannedRouter>; policy?: PreloadPolicy } = {}) {
  const chunk = (file: string, bytes: number, imports: string[] = []): Chunk => ({ file, role: file === 'main.mjs' ? 'entry' : 'shared', bytes, imports, inputs: {} });
  const files = own.map((bytes, i) => chunk(`routers/${i}.mjs`, bytes, ['shared/all.mjs']));
  const graph = buildLoadGraph({
    chunks: [chunk('main.mjs', 10_000), chunk('shared/all.mjs', shared), ...files],
    routerFiles: new Map(files.map(({ file }, i) => [String(i), file])),
  });
  const routers = own.map((_, i) => ({ prefix: `/${i}`, name: String(i), preload: false, share: 0.2, ...i === own.length - 1 ? more : {} }));
  return planPreload(graph, routers, policy, { memoryMb: 1769, loadCost: NODE_LOAD_COST, included: new Map() });
}

test('if routers share almost all of their code, INIT loads one of them', () => {
  const { routers, decisions } = plan(MEGABYTE, [500, 500, 500, 500, 500]);
  expect(routers).toEqual(['/0']);
  expect(decisions.find(({ file }) => file === 'routers/0.mjs')!.reason).toBe('/0 is the warm-up for all routers: INIT loads almost all of its code anyway');
});

test('INIT loads the candidate with the most traffic', () => {
  expect(plan(MEGABYTE, [500, 500, 500], { more: { share: 0.6 } }).routers).toEqual(['/2']);
});

test('a router with much code that it does not share is not a candidate', () => {
  expect(plan(MEGABYTE, [20_000, 500, 20_000, 20_000, 20_000]).routers).toEqual(['/1']);
  expect(plan(MEGABYTE, [20_000, 20_000, 20_000, 20_000, 20_000]).routers).toEqual([]);
});

test('small routers get no warm-up', () => expect(plan(30_000, [50, 50, 50, 50, 50]).routers).toEqual([]));

test('a router with preload: true is the warm-up', () => expect(plan(MEGABYTE, [500, 500, 500, 500, 500], { more: { preload: true } }).routers).toEqual(['/4']));

test.each([PreloadPolicy.nothing(), PreloadPolicy.sharedBy(1)])('other policies load no warm-up router: $_description', (policy) => {
  expect(plan(MEGABYTE, [500, 500, 500, 500, 500], { policy }).routers).toEqual([]);
});
