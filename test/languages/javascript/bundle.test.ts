import * as path from 'path';
import { BuildJob, BuildResult, BundledChunk, Bundler } from '../../../lib/languages/javascript/bundler';
import { Routers } from '../../../lib/languages/javascript/routers';
import { assembleAsset } from '../../../lib/routers/asset/asset';
import { PreloadPolicy } from '../../../lib/routers/preload/preload-policy';
import { buildOf, javaScript } from '../../support/code';
import { handlerSource, project } from '../../support/project';

/** Returns the chunks that a test passes, and remembers the job. */
class FakeBundler implements Bundler {
  public job?: BuildJob;

  constructor(private readonly chunks: readonly SomeOfChunk[]) {}

  public build(job: BuildJob): BuildResult {
    this.job = job;
    const chunks = this.chunks.map((chunk): BundledChunk => ({ bytes: 100, imports: [], exports: [], externals: [], loadedExternals: [], inputs: {}, ...chunk }));
    return { chunks, files: chunks.map(({ file, bytes }) => ({ path: file, contents: Buffer.alloc(bytes, ' ') })), imports: {}, importedExternals: {}, warnings: [], copied: {} };
  }

  public incremental(): never {
    throw new Error('it builds once');
  }
}

function code(bundler: Bundler) {
  const root = project({ 'src/routers/users.ts': handlerSource('users'), 'src/routers/orders.ts': handlerSource('orders') });
  return javaScript(Routers.fromDirectory(path.join(root, 'src/routers'), { basePath: '/api' }), { minify: false }, bundler);
}

const build = (chunks: readonly SomeOfChunk[] = CHUNKS) => buildOf(code(new FakeBundler(chunks)), { preload: PreloadPolicy.sharedBy(1), memoryMb: 512 });

type SomeOfChunk = Partial<BundledChunk> & { readonly file: string };

const CHUNKS: readonly SomeOfChunk[] = [
  { file: 'main.mjs', imports: ['shared/runtime.mjs'] },
  { file: 'fetch.mjs' },
  { file: 'recovery.mjs' },
  { file: 'shared/runtime.mjs', bytes: 10 },
  { file: 'shared/both.mjs', bytes: 1000, inputs: { '../../node_modules/zod/a.js': 300, '../../node_modules/zod/b.js': 400, 'src/log.ts': 50, 'node_modules/.pnpm/@x+y@1/node_modules/@x/y/i.js': 200 } },
  { file: 'shared/later.mjs', bytes: 5 },
  { file: 'routers/orders.mjs', imports: ['shared/both.mjs'], exports: ['handler'] },
  { file: 'routers/users.mjs', imports: ['shared/both.mjs', 'shared/runtime.mjs'], exports: ['default'], externals: ['sharp'] },
];

test('the bundler receives the generated entry, the routers, and the options', () => {
  const bundler = new FakeBundler(CHUNKS);
  const asked = code(bundler);
  buildOf(asked);
  expect(bundler.job).toMatchObject({
    projectRoot: asked.projectRoot,
    main: expect.stringContaining('{ prefix: "/api/orders", load: () => import("./src/routers/orders.ts") }'),
    routers: [{ name: 'orders', entry: 'src/routers/orders.ts' }, { name: 'users', entry: 'src/routers/users.ts' }],
    target: 'node24',
    options: { minify: false },
  });
});

test('the manifest describes the build', () => {
  const { manifest } = assembleAsset(build(), new Map([['/api/users', 'fetch']]));
  expect(manifest).toEqual({
    version: 1,
    routers: [
      {
        prefix: '/api/orders', name: 'orders', entry: 'src/routers/orders.ts', file: 'routers/orders.mjs', bytes: 100, totalBytes: 1100,
        chunks: ['shared/both.mjs', 'routers/orders.mjs'],
      },
      {
        prefix: '/api/users', name: 'users', entry: 'src/routers/users.ts', kind: 'fetch', file: 'routers/users.mjs', bytes: 100, totalBytes: 1110,
        chunks: ['shared/both.mjs', 'shared/runtime.mjs', 'routers/users.mjs'],
      },
    ],
    sharedChunks: [
      { file: 'shared/both.mjs', bytes: 1000, routers: ['/api/orders', '/api/users'], contents: ['zod', '@x/y', 'src/log.ts'] },
      { file: 'shared/later.mjs', bytes: 5, routers: [], contents: [] },
      { file: 'shared/runtime.mjs', bytes: 10, routers: ['/api/users'], contents: [] },
    ],
    preload: {
      policy: 'shared by 100 % at 512 MB',
      initBytes: expect.any(Number),
      decisions: [
        { file: 'routers/orders.mjs', preload: false, reason: '1 of 2 routers (50 % of cold starts) need it; preloading pays off at 100 % or more' },
        { file: 'routers/users.mjs', preload: false, reason: '1 of 2 routers (50 % of cold starts) need it; preloading pays off at 100 % or more' },
        { file: 'shared/both.mjs', preload: true, reason: '2 of 2 routers (100 % of cold starts) need it; preloading pays off at 100 % or more' },
        { file: 'shared/runtime.mjs', preload: true, reason: 'the entry imports it' },
      ],
    },
    totalBytes: expect.any(Number),
    neededShare: 0.91,
  });
});

test('the index imports the preloaded chunks, and declares whether a fetch router can exist', () => {
  const built = build();
  const indexFor = (kinds: Parameters<typeof assembleAsset>[1]) => Buffer.from(assembleAsset(built, kinds).files.find((file) => file.path === 'index.mjs')!.contents).toString();
  expect(indexFor(new Map())).toContain('chunks:[()=>import("./shared/both.mjs")],routers:[],fetch:true');
  expect(indexFor(new Map([['/api/orders', 'lambda'], ['/api/users', 'fetch']]))).toContain('fetch:true');
  expect(indexFor(new Map([['/api/orders', 'lambda'], ['/api/users', 'lambda']]))).toContain('fetch:false');
});

test('the build lists external modules', () => {
  expect(build().built.externals).toEqual(['sharp']);
});

test('equal builds have equal digests, and different builds have different digests', () => {
  const digest = (chunks: readonly SomeOfChunk[]) => assembleAsset(build(chunks), new Map()).digest;
  expect(digest(CHUNKS)).toBe(digest([...CHUNKS].reverse()));
  expect(digest(CHUNKS)).not.toBe(digest(CHUNKS.map((chunk) => (chunk.file === 'routers/users.mjs' ? { ...chunk, bytes: 101 } : chunk))));
});

test('the error for a missing chunk says that it is a bug in cdk-lazy-api', () => {
  const broken = CHUNKS.filter(({ file }) => file !== 'shared/both.mjs');
  expect(() => build(broken)).toThrow(/no chunk "shared\/both\.mjs"; this is a bug in cdk-lazy-api/);
});
