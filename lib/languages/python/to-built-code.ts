import { APP_PREFIX, PythonRouter } from './application';
import { PythonDependencies } from './dependencies/python-dependencies';
import { MAIN_FILE } from './entry-source';
import { Grouping } from './modules/module-groups';
import { ModulePlaces } from './modules/module-place';
import { APP_SCOPE, ObservedScope } from './modules/observation';
import { checkAssetSize } from '../../routers/asset/asset-size';
import { BuiltCode, Chunk, CodeFile } from '../../routers/built-code';
import { importChain, renderChain } from '../../routers/import-chain';

export interface ObservedBuild {
  readonly files: readonly CodeFile[];
  readonly dependencies: PythonDependencies;
  readonly places: ModulePlaces;
  readonly scopes: readonly ObservedScope[];
  readonly grouping: Grouping;
  readonly routers: readonly PythonRouter[];
  readonly warnings: readonly string[];
}

/** What was built and observed, as the preload plan and the manifest need it. */
export function toBuiltCode(build: ObservedBuild): BuiltCode {
  const { files, dependencies, places, scopes, grouping: { groups }, routers, warnings } = build;
  const imports = sourceImports(scopes, places);
  const chunks = [entryChunk(build), ...groups.map(({ chunk }) => chunk), ...unobserved(build)];
  const built = {
    files,
    installedFiles: dependencies.files,
    chunks,
    routerFiles: new Map(routers.map(({ name, file }) => [name, file])),
    imports,
    externals: [],
    fromLayers: [],
    warnings: [...dependencies.warnings.map(({ text }) => text), ...eagerRouters(build, imports), ...warnings],
    originOf: (source: string) => places.originOf(source),
  };
  checkAssetSize({ ...built, chunks: [...chunks.filter(({ role }) => role === 'router'), ...distributionChunks(dependencies)] });
  return built;
}

/** INIT imports the application and the runtime whatever the plan says. */
function entryChunk({ files, grouping: { groups } }: ObservedBuild): Chunk {
  const bytes = files.find(({ path }) => path === MAIN_FILE)!.contents.length;
  const imports = groups.filter(({ routers }) => routers === undefined).map(({ chunk: { file } }) => file);
  return { file: MAIN_FILE, role: 'entry', bytes, imports, inputs: { [MAIN_FILE]: bytes } };
}

/** The modules of routers whose import failed. Verification says why. */
function unobserved({ files, grouping: { groups }, routers }: ObservedBuild): Chunk[] {
  const known = new Set(groups.map(({ chunk: { file } }) => file));
  const missing = [...new Map(routers.filter(({ file }) => !known.has(file)).map((router) => [router.file, router])).values()];
  return missing.map(({ file, entry }) => {
    const bytes = files.find(({ path }) => path === file)!.contents.length;
    return { file, role: 'router', bytes, imports: [], inputs: { [entry]: bytes } };
  });
}

/** By source file: the source files that it imports. */
function sourceImports(scopes: readonly ObservedScope[], places: ModulePlaces): BuiltCode['imports'] {
  const sources = new Map(scopes.flatMap(({ modules }) => modules.map((module) => [module.name, places.find(module)?.source] as const)));
  const imports: Record<string, string[]> = {};
  for (const [from, to] of scopes.flatMap(({ edges }) => edges)) {
    const [importer, imported] = [sources.get(from), sources.get(to)];
    if (importer === undefined || imported === undefined || importer === imported) continue;
    const known = imports[importer] ??= [];
    if (!known.includes(imported)) known.push(imported);
  }
  return imports;
}

/** Routers that the application imports itself cannot be lazy. */
function eagerRouters({ grouping: { groups }, routers, scopes }: ObservedBuild, imports: BuiltCode['imports']): string[] {
  const app = scopes.some(({ scope }) => scope === APP_SCOPE) ? routers.find(({ prefix }) => prefix === APP_PREFIX) : undefined;
  if (!app) return [];
  const first = new Set(groups.filter(({ routers: needing }) => needing === undefined).map(({ chunk: { file } }) => file));
  return routers.filter((router) => router !== app && first.has(router.file)).map(({ prefix, entry }) => {
    const chain = importChain(imports, app.entry, (source) => source === entry);
    return `${prefix} is not lazy, because the application imports it: ${renderChain(chain ?? [entry])}; `
      + 'remove the import, or use include_lazy_routers instead of include_router';
  });
}

/** Distributions as chunks, so that an error about the size names the largest. */
function distributionChunks({ files, distributions }: PythonDependencies): Chunk[] {
  const sizes = new Map(files.map(({ path, bytes }) => [path, bytes]));
  return distributions.map(({ name, files: own }) => {
    const inputs = Object.fromEntries(own.map((file) => [`site-packages/${file}`, sizes.get(file) ?? 0]));
    return { file: name, role: 'package', bytes: Object.values(inputs).reduce((sum, bytes) => sum + bytes, 0), imports: [], inputs };
  });
}
