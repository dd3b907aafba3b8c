import * as fc from 'fast-check';
import { NODE_LOAD_COST } from '../../../lib/languages/javascript/load-cost';
import { Chunk } from '../../../lib/routers/built-code';
import { buildLoadGraph, LoadGraph, postOrder } from '../../../lib/routers/load-graph';
import { IncludedChunks } from '../../../lib/routers/preload/included-chunks';
import { PlannedRouter, planPreload } from '../../../lib/routers/preload/preload-plan';
import { PreloadPolicy } from '../../../lib/routers/preload/preload-policy';

const chunk = (file: string, imports: string[] = []): Chunk => ({ file, role: file === 'main.mjs' ? 'entry' : 'shared', bytes: 1, imports, inputs: {} });
const router = (name: string, more: Partial<PlannedRouter> = {}): PlannedRouter => ({ prefix: `/${name}`, name, preload: false, share: 1 / 3, ...more });

/** Chunks of three routers: all need `all`, two need `two`, `two` imports `base`, and `main` and `all` import `entry`. */
const chunks = [
  chunk('main.mjs', ['shared/entry.mjs']),
  chunk('shared/entry.mjs'),
  chunk('shared/all.mjs', ['shared/entry.mjs']),
  chunk('shared/base.mjs'),
  chunk('shared/two.mjs', ['shared/base.mjs']),
  chunk('routers/a.mjs', ['shared/all.mjs', 'shared/two.mjs']),
  chunk('routers/b.mjs', ['shared/two.mjs', 'shared/all.mjs']),
  chunk('routers/c.mjs', ['shared/all.mjs']),
];
const filesOf = (of: readonly PlannedRouter[]) => new Map(of.map(({ name }) => [name, `routers/${name}.mjs`]));
const routers = [router('a'), router('b'), router('c')];
const graph = buildLoadGraph({ chunks, routerFiles: filesOf(routers) });
const at = (memoryMb: number, included: IncludedChunks = new Map()) => ({ memoryMb, loadCost: NODE_LOAD_COST, included });
const plan = (policy: PreloadPolicy, memory = 1769, of = routers) => planPreload(graph, of, policy, at(memory));

test('the closure of a router is in the order of evaluation, with its own chunk last', () => {
  expect(graph.closures.get('b')).toEqual(['shared/base.mjs', 'shared/two.mjs', 'shared/entry.mjs', 'shared/all.mjs', 'routers/b.mjs']);
});

test('postOrder terminates if chunks import each other', () => {
  expect(postOrder(new Map([['a', chunk('a', ['b'])], ['b', chunk('b', ['a'])]]), 'a')).toEqual(['b', 'a']);
});

test('with a full vCPU, INIT loads what every router needs', () => {
  expect(plan(PreloadPolicy.memoryAware())).toMatchObject({ chunks: ['shared/all.mjs'], routers: [], policy: 'memory aware at 1769 MB' });
});

test('with little memory, INIT also loads what only a third of the cold starts need', () => {
  expect(plan(PreloadPolicy.memoryAware(), 128)).toMatchObject({ routers: ['/a', '/b', '/c'] });
});

test('sharedBy loads chunks that at least this fraction of the cold starts need', () => {
  expect(plan(PreloadPolicy.sharedBy(0.6)).chunks).toEqual(['shared/all.mjs', 'shared/base.mjs', 'shared/two.mjs']);
  expect(plan(PreloadPolicy.sharedBy(0.7)).chunks).toEqual(['shared/all.mjs']);
});

test('everything() loads all chunks, nothing() loads none', () => {
  expect(plan(PreloadPolicy.everything())).toMatchObject({ routers: ['/a', '/b', '/c'], chunks: expect.arrayContaining(['shared/two.mjs']) });
  expect(plan(PreloadPolicy.nothing())).toMatchObject({ routers: [], chunks: [] });
});

test('a router with preload: true is loaded completely with every policy', () => {
  const { routers: whole, chunks: loaded } = plan(PreloadPolicy.nothing(), 1769, [router('a'), router('b', { preload: true }), router('c')]);
  expect(whole).toEqual(['/b']);
  expect(new Set(loaded)).toEqual(new Set(['shared/all.mjs', 'shared/base.mjs', 'shared/two.mjs']));
});

test('traffic shares weight the cold starts', () => {
  const busy = [router('a', { share: 0.9 }), router('b', { share: 0.05 }), router('c', { share: 0.05 })];
  expect(plan(PreloadPolicy.sharedBy(0.9), 1769, busy).routers).toEqual(['/a']);
});

test('each chunk that a router needs has a decision with a reason', () => {
  expect(plan(PreloadPolicy.memoryAware(), 1024).decisions).toEqual([
    { file: 'routers/a.mjs', preload: false, reason: '1 of 3 routers (33.3 % of cold starts) need it; preloading pays off at 48.2 % or more' },
    { file: 'routers/b.mjs', preload: false, reason: '1 of 3 routers (33.3 % of cold starts) need it; preloading pays off at 48.2 % or more' },
    { file: 'routers/c.mjs', preload: false, reason: '1 of 3 routers (33.3 % of cold starts) need it; preloading pays off at 48.2 % or more' },
    { file: 'shared/all.mjs', preload: true, reason: '3 of 3 routers (100 % of cold starts) need it; preloading pays off at 48.2 % or more' },
    { file: 'shared/base.mjs', preload: true, reason: '2 of 3 routers (66.7 % of cold starts) need it; preloading pays off at 48.2 % or more' },
    { file: 'shared/entry.mjs', preload: true, reason: 'the entry imports it' },
    { file: 'shared/two.mjs', preload: true, reason: '2 of 3 routers (66.7 % of cold starts) need it; preloading pays off at 48.2 % or more' },
  ]);
});

test.each([0, -0.1, 1.1, NaN])('sharedBy(%p) is refused', (fraction) => {
  expect(() => PreloadPolicy.sharedBy(fraction)).toThrow(expect.objectContaining({ code: 'PRELOAD_FRACTION', message: expect.stringContaining(`got ${fraction}`) }));
});

describe('for any graph', () => {
  const anyGraph = fc.record({
    shared: fc.array(fc.array(fc.nat(30), { maxLength: 4 }), { minLength: 1, maxLength: 12 }),
    routers: fc.array(fc.record({ imports: fc.array(fc.nat(30), { maxLength: 5 }), preload: fc.boolean(), share: fc.double({ min: 0.01, max: 1, noNaN: true }) }), { minLength: 1, maxLength: 10 }),
  }).map(({ shared, routers: declared }) => {
    // Chunk i imports only chunks before it, so the graph has no cycle, like the output of a bundler.
    const files = shared.map((imports, i) => chunk(`shared/${i}.mjs`, imports.filter((j) => j < i).map((j) => `shared/${j}.mjs`)));
    const own = declared.map(({ imports }, i) => chunk(`routers/r${i}.mjs`, imports.filter((j) => j < files.length).map((j) => `shared/${j}.mjs`)));
    const total = declared.reduce((sum, { share }) => sum + share, 0);
    return {
      graph: buildLoadGraph({ chunks: [chunk('main.mjs'), ...files, ...own], routerFiles: new Map(own.map(({ file }, i) => [`r${i}`, file])) }),
      routers: declared.map(({ preload, share }, i) => router(`r${i}`, { preload, share: share / total })),
    };
  });
  const anyPolicy = fc.oneof(
    fc.constantFrom(PreloadPolicy.memoryAware(), PreloadPolicy.everything(), PreloadPolicy.nothing()),
    fc.double({ min: 0.01, max: 1, noNaN: true }).map((fraction) => PreloadPolicy.sharedBy(fraction)),
  );
  const loaded = (of: LoadGraph, planned: ReturnType<typeof planPreload>) => new Set(
    planned.decisions.filter(({ preload }) => preload).flatMap(({ file }) => postOrder(of.chunks, file)),
  );

  test('a preloaded chunk never imports a chunk that the plan does not preload', () => {
    fc.assert(fc.property(anyGraph, anyPolicy, fc.integer({ min: 128, max: 10240 }), (any, policy, memory) => {
      const planned = planPreload(any.graph, any.routers, policy, at(memory));
      const preloaded = planned.decisions.filter(({ preload }) => preload).map(({ file }) => file);
      expect([...loaded(any.graph, planned)].sort()).toEqual(preloaded.sort());
    }));
  });

  test('less memory never loads less', () => {
    fc.assert(fc.property(anyGraph, fc.integer({ min: 128, max: 10240 }), fc.integer({ min: 128, max: 10240 }), (any, x, y) => {
      const [less, more] = [Math.min(x, y), Math.max(x, y)].map((memory) => loaded(any.graph, planPreload(any.graph, any.routers, PreloadPolicy.memoryAware(), at(memory))));
      expect([...more].filter((file) => !less.has(file))).toEqual([]);
    }));
  });

  test('memoryAware() loads all chunks of routers with preload: true, and all chunks that every router needs', () => {
    fc.assert(fc.property(anyGraph, fc.integer({ min: 128, max: 10240 }), (any, memory) => {
      const files = loaded(any.graph, planPreload(any.graph, any.routers, PreloadPolicy.memoryAware(), at(memory)));
      for (const { name, preload } of any.routers) {
        if (preload) any.graph.closures.get(name)!.forEach((file) => expect(files).toContain(file));
      }
      for (const [file, dependants] of any.graph.dependants) {
        if (dependants.length === any.routers.length) expect(files).toContain(file);
      }
    }));
  });
});

test('a chunk that the policy includes is loaded even if no router needs it, and the manifest states the reason', () => {
  const dynamic = buildLoadGraph({ chunks: [...chunks, chunk('shared/engine.mjs', ['shared/base.mjs'])], routerFiles: filesOf(routers) });
  const included = new Map([['shared/base.mjs', 'prisma'], ['shared/engine.mjs', 'prisma']]);
  const { chunks: loaded, decisions } = planPreload(dynamic, routers, PreloadPolicy.nothing(), at(1769, included));
  expect(loaded).toEqual(['shared/base.mjs', 'shared/engine.mjs']);
  expect(decisions).toContainEqual({ file: 'shared/engine.mjs', preload: true, reason: 'the policy includes prisma' });
});

test('initBytes counts each chunk that INIT loads once, including the imports of the entry', () => {
  expect(plan(PreloadPolicy.nothing()).initBytes).toBe(2);
  expect(plan(PreloadPolicy.memoryAware()).initBytes).toBe(3);
  expect(plan(PreloadPolicy.everything()).initBytes).toBe(8);
});

describe('dynamic imports that smoke requests have shown', () => {
  /** At the first query, `two` imports `engine`, which imports `parser`. No request has needed `tool`, which `two` can import too. */
  const lazy: Chunk[] = [
    ...chunks.map((one) => (one.file === 'shared/two.mjs' ? { ...one, dynamicImports: ['shared/engine.mjs', 'shared/tool.mjs'] } : one)),
    { ...chunk('shared/engine.mjs', ['shared/core.mjs']), dynamicImports: ['shared/parser.mjs', 'shared/two.mjs'] },
    ...['core', 'parser', 'tool'].map((name) => chunk(`shared/${name}.mjs`)),
  ];
  const shown = ([from, file]: readonly [string, string]) => ({ from: `shared/${from}.mjs`, file: `shared/${file}.mjs` });
  const imports = ([['two', 'engine'], ['engine', 'parser'], ['engine', 'two'], ['two', 'base']] as const).map(shown);
  const observed = buildLoadGraph({ chunks: lazy, routerFiles: filesOf(routers) }, imports);

  test('are needed by the first requests of all routers with the importer, in the order of evaluation', () => {
    expect(observed.needs.get('a')!.slice(-3)).toEqual(['shared/core.mjs', 'shared/engine.mjs', 'shared/parser.mjs']);
    expect(observed.dependants.get('shared/parser.mjs')).toEqual(['a', 'b']);
    expect(observed.closures).toEqual(graph.closures);
    expect(observed.needs.get('c')).toEqual(graph.closures.get('c'));
  });

  test('are imported after those of their importers that INIT loads', () => {
    expect([...planPreload(observed, routers, PreloadPolicy.sharedBy(0.6), at(1769)).first]).toEqual([
      ['shared/core.mjs', ['shared/two.mjs']], ['shared/engine.mjs', ['shared/two.mjs']], ['shared/parser.mjs', ['shared/two.mjs', 'shared/engine.mjs']],
    ]);
  });

  test('are imported without their importers if INIT does not load these', () => {
    const own = routers.map(({ name }) => ({ ...chunk(`routers/${name}.mjs`), dynamicImports: ['shared/engine.mjs'] }));
    const file = 'shared/engine.mjs';
    const each = buildLoadGraph({ chunks: [chunk(file), ...own], routerFiles: filesOf(routers) }, own.map(({ file: from }) => ({ from, file })));
    expect(planPreload(each, routers, PreloadPolicy.memoryAware(), at(1769))).toMatchObject({ chunks: [file], first: new Map(), routers: [] });
  });
});
