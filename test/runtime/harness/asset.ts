/**
 * Assets like those of the build, written by hand, with the real runtime.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ApiManifest } from '../../../lib/contract/manifest';

/** A chunk's code, after its imports. It can read `evaluated`, the number of its own evaluations so far. */
export interface ChunkCode {
  readonly imports?: readonly string[];
  readonly code?: string;
}

export interface AssetOptions {
  /** By prefix. The chunk of `/users` is `routers/users.mjs`. It returns its file name unless `code` exports something else. */
  readonly routers: Record<string, ChunkCode>;
  /** By file name: `a.mjs` is in `shared/`. */
  readonly shared?: Record<string, ChunkCode>;
  /** What INIT loads. */
  readonly preload?: { readonly chunks?: readonly string[]; readonly routers?: readonly string[]; readonly fetch?: boolean };
  readonly manifest?: false;
  /** A part of the runtime that fails to import. */
  readonly broken?: Part;
}

/** The files of the runtime that are loaded on demand. */
export type Part = typeof PARTS[number];

const PARTS = ['fetch', 'listener', 'recovery'] as const;
const ROOT = join(__dirname, '../../..');
const ANSWER = 'export const handler = async () => ({ statusCode: 200, body: import.meta.url.split("/").pop() });';

/** A directory that is removed after the tests. Call it outside of any test. */
export function createAssets(): (options: AssetOptions) => string {
  const base = mkdtempSync(join(tmpdir(), 'lazy-api-'));
  let count = 0;
  beforeAll(() => { execFileSync(process.execPath, [join(ROOT, 'scripts/build-runtime.mjs'), join(base, 'runtime')]); });
  afterAll(() => rmSync(base, { recursive: true }));
  return (options) => {
    const dir = join(base, `asset-${++count}`);
    writeAsset(dir, join(base, 'runtime'), options);
    return dir;
  };
}

export function writeAsset(dir: string, runtime: string, { routers, shared = {}, preload = {}, manifest, broken }: AssetOptions): void {
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(dir, file)), { recursive: true });
    writeFileSync(join(dir, file), text);
  };
  for (const [file, chunk] of Object.entries(shared)) write(`shared/${file}`, render(`shared/${file}`, chunk, ''));
  for (const [prefix, chunk] of Object.entries(routers)) write(fileOf(prefix), render(fileOf(prefix), chunk, ANSWER));
  write('runtime.mjs', readFileSync(join(runtime, 'entry.mjs'), 'utf8').replace(/"cdk-lazy-api\/runtime\/(\w+)"/g, '"./$1.mjs"'));
  for (const part of PARTS) write(`${part}.mjs`, renderPart(part, readFileSync(join(runtime, `${part}.mjs`), 'utf8'), part === broken));
  write('main.mjs', renderMain(Object.keys(routers)));
  write('index.mjs', renderIndex(preload));
  if (manifest !== false) write('manifest.json', JSON.stringify(describeAsset(routers, shared, preload.chunks ?? [])));
}

export function fileOf(prefix: string): string {
  return `routers/${prefix.slice(1).replace(/\W/g, '-') || 'root'}.mjs`;
}

function render(file: string, { imports = [], code }: ChunkCode, otherwise: string): string {
  return [
    ...imports.map((name) => `import '../shared/${name}';`),
    `const evaluated = (globalThis.evaluations ??= {})['${file}'] = (globalThis.evaluations?.['${file}'] ?? 0) + 1;`,
    code ?? '',
    code?.includes('export ') ? '' : otherwise,
  ].join('\n');
}

function renderMain(prefixes: readonly string[]): string {
  const rows = prefixes.map((prefix) => `{ prefix: '${prefix}', load: () => import('./${fileOf(prefix)}') }`);
  return `import { createLazyApi } from './runtime.mjs';
export const { handler, init, load } = createLazyApi({ routes: [${rows.join(', ')}] });`;
}

/** A part of the runtime that records that it was loaded. */
function renderPart(part: Part, code: string, broken: boolean): string {
  return broken ? `throw new Error('${part} is broken');` : `(globalThis.loadedParts ??= []).push('${part}');\n${code}`;
}

function renderIndex({ chunks = [], routers = [], fetch = false }: NonNullable<AssetOptions['preload']>): string {
  const loads = chunks.map((file) => `() => import('./shared/${file}')`);
  return `import { handler, init } from './main.mjs';
await init({ base: import.meta.url, chunks: [${loads.join(', ')}], routers: ${JSON.stringify(routers)}, fetch: ${fetch} });
export { handler };`;
}

function describeAsset(routers: Record<string, ChunkCode>, shared: Record<string, ChunkCode>, preloaded: readonly string[]): ApiManifest {
  const withImports = ({ imports = [] }: ChunkCode): string[] =>
    imports.flatMap((name) => [...withImports(shared[name] ?? {}), `shared/${name}`]);
  const rows = Object.entries(routers).map(([prefix, chunk]) => ({
    prefix, name: prefix, entry: '', file: fileOf(prefix), bytes: 0, totalBytes: 0, chunks: [...new Set([...withImports(chunk), fileOf(prefix)])],
  }));
  return {
    version: 1,
    routers: rows,
    sharedChunks: [],
    preload: { policy: '', initBytes: 0, decisions: preloaded.map((name) => ({ file: `shared/${name}`, preload: true, reason: '' })) },
    totalBytes: 0,
    neededShare: 1,
  };
}
