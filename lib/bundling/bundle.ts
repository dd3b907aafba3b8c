import { createHash } from 'crypto';
import * as fs from 'fs';
import * as path from 'path';
import { BuildFile, BuildResult, Bundler, routerFile } from './bundler';
import { checkBundlingOptions } from './check-options';
import { buildChunkGraph } from './chunk-graph';
import { INDEX_FILE, MAIN_FILE, renderIndex, renderMain } from './entry-source';
import { describeBundle } from './manifest';
import { BundlingOptions } from './options';
import { planPreload } from './preload-plan';
import { PreloadPolicy } from './preload-policy';
import { findProjectRoot } from './project-root';
import { ResolvedRouter, resolveRouters } from './resolve-routers';
import { Routers } from './routers';
import { ApiManifest, MANIFEST_FILE } from '../contract/manifest';
import { LazyApiError } from '../private/errors';

/** Everything that decides what a bundle contains. */
export interface BundleSpec {
  readonly projectRoot: string;
  readonly routers: readonly ResolvedRouter[];
  readonly options: BundlingOptions;
  /** The JavaScript version of the function's runtime. */
  readonly target: string;
  readonly preload: PreloadPolicy;
  readonly memoryMb: number;
}

/** An asset in memory: it reaches the disk only once everything about it is known to be right. */
export interface Bundle {
  readonly files: readonly BuildFile[];
  readonly manifest: ApiManifest;
  /** Of all files: equal bundles have equal digests on every machine. */
  readonly digest: string;
  /** Modules that were left out of the bundle and are imported by name. */
  readonly externals: readonly string[];
  readonly warnings: readonly string[];
}

/** Checks the declarations against each other and the disk. */
export function specifyBundle(
  declared: Routers,
  options: BundlingOptions,
  function_: { readonly target: string; readonly preload: PreloadPolicy; readonly memoryMb: number },
): BundleSpec {
  checkBundlingOptions(options);
  const projectRoot = findProjectRoot(declared._declarations.map(({ entry }) => entry), options.projectRoot);
  return { projectRoot, routers: resolveRouters(declared._declarations, projectRoot), options, ...function_ };
}

/** Bundles: pure but for the sources that the bundler reads. */
export function bundle(spec: BundleSpec, bundler: Bundler): Bundle {
  const built = bundler.build({
    projectRoot: spec.projectRoot,
    main: renderMain(spec.routers),
    routers: spec.routers,
    target: spec.target,
    options: spec.options,
  });
  refuseMissingExports(spec.routers, built);

  const graph = buildChunkGraph(built.chunks, MAIN_FILE, spec.routers);
  const plan = planPreload(graph, spec.routers, spec.preload, spec.memoryMb);
  const code = [...built.files, textFile(INDEX_FILE, renderIndex(plan))];
  const manifest = describeBundle(graph, spec.routers, plan, code);
  const files = [...code, textFile(MANIFEST_FILE, `${JSON.stringify(manifest, undefined, 2)}\n`)]
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    files,
    manifest,
    digest: digestOf(files),
    externals: [...new Set(built.chunks.flatMap(({ externals }) => externals))].sort(),
    warnings: built.warnings,
  };
}

/** Writes a bundle into an existing directory. */
export function writeBundle({ files }: Bundle, directory: string): void {
  for (const file of files) {
    const target = path.join(directory, file.path);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, file.contents);
  }
}

/** A module that re-exports another whole may have any export: only its loading can tell. */
const EXPORTS_UNKNOWN = /\bexport\s*\*\s*from\b/;

function refuseMissingExports(routers: readonly ResolvedRouter[], { chunks, files }: BuildResult): void {
  for (const { name, prefix, entry } of routers) {
    const file = routerFile(name);
    const exported = chunks.find((chunk) => chunk.file === file)?.exports ?? [];
    if (exported.includes('default') || exported.includes('handler')) continue;
    const text = files.find(({ path: other }) => other === file);
    if (text && EXPORTS_UNKNOWN.test(Buffer.from(text.contents).toString())) continue;
    throw new LazyApiError(
      'ROUTER_EXPORT_MISSING',
      `the router at "${prefix}" (${entry}) must have a default export or an export named "handler", got ${exported.length > 0 ? `only ${exported.join(', ')}` : 'no export at all'}`,
    );
  }
}

function textFile(file: string, text: string): BuildFile {
  return { path: file, contents: Buffer.from(text) };
}

function digestOf(files: readonly BuildFile[]): string {
  const hash = createHash('sha256');
  for (const file of files) {
    hash.update(`${file.path}\0${file.contents.length}\0`);
    hash.update(file.contents);
  }
  return hash.digest('hex');
}
