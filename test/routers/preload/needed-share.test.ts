import { Build } from '../../../lib/routers/build';
import { Chunk } from '../../../lib/routers/built-code';
import { buildLoadGraph } from '../../../lib/routers/load-graph';
import { neededShare } from '../../../lib/routers/preload/needed-share';

/** Creates routers that import one shared chunk. The entry belongs to no router. */
function buildOf(shared: number, routers: ReadonlyArray<readonly [own: number, share: number]>): Pick<Build, 'code' | 'graph'> {
  const chunk = (file: string, bytes: number, imports: string[] = []): Chunk => ({ file, role: file === 'main.mjs' ? 'entry' : 'shared', bytes, imports, inputs: {} });
  const own = routers.map(([bytes], i) => chunk(`routers/${i}.mjs`, bytes, ['shared/all.mjs']));
  const routerFiles = new Map(own.map(({ file }, i) => [String(i), file]));
  const graph = buildLoadGraph({ chunks: [chunk('main.mjs', 1000), chunk('shared/all.mjs', shared), ...own], routerFiles });
  return { graph, code: { routers: routers.map(([, share], i) => ({ name: String(i), share })) } as unknown as Build['code'] };
}

test('routers that share all code need all of it', () => expect(neededShare(buildOf(100, [[0, 0.5], [0, 0.5]]))).toBe(1));

test('routers that share no code need only their own part', () => expect(neededShare(buildOf(0, Array(10).fill([50, 0.1])))).toBe(0.1));

test('the cold starts of each router count by its share of traffic', () => expect(neededShare(buildOf(20, [[70, 0.9], [10, 0.1]]))).toBe(0.84));
