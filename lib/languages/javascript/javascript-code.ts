import * as fs from 'fs';
import * as path from 'path';
import { withoutForeignBinaries } from './binaries/copied-binaries';
import { BuildJob, BuildResult, BundledChunk, Bundler, routerFile } from './bundler';
import { BundlingOptions } from './bundling-options';
import { mapPaths } from './bundling-paths';
import { bundlingOptionsOf, checkBundlingOptions } from './check-options';
import { checkEntryNames, checkExports } from './check-routers';
import { discoverModules } from './discover';
import { FETCH_FILE, INDEX_FILE, LISTENER_FILE, MAIN_FILE, renderIndex, renderMain, renderMonolith, RouteSource } from './entry-source';
import { EsbuildBundler } from './esbuild/esbuild';
import { isExternal, isInLambda, packageName } from './externals';
import { findExpress } from './find-express';
import { findPackage } from './find-package';
import { NODE_LOAD_COST, paysToCollectGarbage } from './load-cost';
import { findMissingFiles } from './missing-files/find-missing-files';
import { InstalledPackage } from './node-modules/installed-package';
import { installedPackages } from './node-modules/installed-packages';
import { nodeMajor } from './node-version';
import { originOf } from './origin';
import { pastBarrels } from './past-barrels';
import { Routers } from './routers';
import { codeChunk, packageChunk } from './to-chunk';
import { NodeLoader } from './verification/node-loader';
import { watchedFiles } from './watched-files';
import { withPackages } from './with-packages';
import type { BuildRecipe } from '../../contract/api-description';
import { MANIFEST_FILE } from '../../contract/manifest';
import { RouterKinds } from '../../contract/router-kind';
import { AssetFile, readAssetFiles } from '../../routers/asset/asset-files';
import { checkAssetPaths } from '../../routers/asset/asset-paths';
import { digestOf } from '../../routers/asset/digest';
import { LambdaCpu } from '../../routers/binaries/binary-platform';
import { BuiltCode, IndexFile } from '../../routers/built-code';
import { IncrementalBuild } from '../../routers/incremental-build';
import { newRouters, routerDirectories } from '../../routers/new-routers';
import { PreloadPlan } from '../../routers/preload/preload-plan';
import { checkedProjectRoot, findProjectRoot, lookupDirectory, upward } from '../../routers/project-root';
import { MapPath, toRecipeRouter } from '../../routers/recipe-router';
import { ResolvedRouter, resolveRouters } from '../../routers/resolve-routers';
import { EntryOptions, MonolithCode, RouterCode } from '../../routers/router-code';
import { RouterLoader } from '../../routers/verification/router-loader';

/** A lock file marks the root of a project; without one, the nearest package.json. */
const ROOT_MARKERS = [
  ['package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', 'pnpm-lock.yaml', 'bun.lock', 'bun.lockb'],
  ['package.json'],
];

/** Endings that a path may lack. */
const ENDINGS = ['.ts', '.js', '.mjs', '/index.ts', '/index.js'];

/** Names that Lambda looks for before the index, and files that are written next to the code. */
const RESERVED = ['index', 'index.js', 'index.cjs', INDEX_FILE, MANIFEST_FILE];

/** The function that the routers run in. */
export interface JavaScriptFunction {
  /** The name of the runtime, like `nodejs24.x`. */
  readonly runtime: string;
  /** The name of the architecture, as Lambda has it. */
  readonly architecture: string;
}

/** Routers in TypeScript and JavaScript. */
export class JavaScriptCode implements RouterCode {
  public readonly language = 'JavaScript';
  public readonly handler = 'index.handler';
  public readonly canStream = true;
  public readonly loadCost = NODE_LOAD_COST;
  public readonly barrelAdvice = 'import directly from the module that defines it, '
    + 'or set "sideEffects": false in package.json if its modules have none';
  public readonly routers: readonly ResolvedRouter[];
  public readonly projectRoot: string;
  public readonly loader: RouterLoader;
  /** Packages that are not in the bundle are looked up from here upward: esbuild, and external modules. */
  public readonly lookupDirectory: string;
  private readonly options: BundlingOptions;
  /** The JavaScript version of the function's runtime. */
  private readonly target: string;
  private readonly cpu: LambdaCpu;
  private assetFiles?: readonly AssetFile[];
  private installed?: readonly InstalledPackage[];

  /** Checks the routers and the options. */
  constructor(
    private readonly declared: Routers, options: BundlingOptions, { runtime, architecture }: JavaScriptFunction,
    private readonly bundler: Bundler = new EsbuildBundler(),
  ) {
    const major = nodeMajor(runtime);
    checkBundlingOptions(options);
    const entries = declared._declarations.map(({ entry }) => entry);
    this.projectRoot = options.projectRoot === undefined
      ? findProjectRoot(entries, ROOT_MARKERS)
      : checkedProjectRoot('bundling.projectRoot', options.projectRoot);
    this.routers = this.resolve();
    checkEntryNames(this.routers, declared._declarations);
    this.lookupDirectory = lookupDirectory(entries);
    this.options = bundlingOptionsOf(options);
    this.target = `node${major}`;
    this.cpu = architecture === 'arm64' ? 'arm64' : 'x64';
    this.loader = new NodeLoader(major, this.lookupDirectory, options.externalModules);
  }

  public get key(): string {
    const { projectRoot, lookupDirectory: lookup, routers, options, target, cpu } = this;
    return JSON.stringify([projectRoot, lookup, routers, options, target, cpu, digestOf(this.readFiles())]);
  }

  public environment(given: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    if (!this.options.sourceMap) return given;
    const options = given.NODE_OPTIONS;
    return { ...given, NODE_OPTIONS: options === undefined ? '--enable-source-maps' : `${options} --enable-source-maps` };
  }

  public describe(toRelative: MapPath): Pick<BuildRecipe, 'routers' | 'options'> {
    const routers = this.declared._declarations.map((declaration) => toRecipeRouter(declaration, toRelative));
    return { routers, options: mapPaths(this.options, (file) => toRelative(path.resolve(file))) };
  }

  public build(entry: EntryOptions): BuiltCode {
    return this.complete(this.bundler.build(this.jobFor(entry)));
  }

  public startIncrementalBuild(entry: EntryOptions): IncrementalBuild {
    const bundler = this.bundler.incremental();
    const { projectRoot, options, declared: { _declarations: declarations } } = this;
    let sources: readonly string[] = [];
    return {
      dependencyFiles: filesNamed(ROOT_MARKERS.flat(), directoriesBetween(this.lookupDirectory, projectRoot)),
      rebuild: async () => {
        this.resolve();
        this.assetFiles = undefined;
        const result = await bundler.build(this.jobFor(entry));
        sources = Object.keys(result.imports);
        return this.complete(result);
      },
      inputs: () => [...watchedFiles(sources, projectRoot, options), ...routerDirectories(declarations), ...bundler.missing],
      newRouters: () => newRouters(declarations, discoverModules),
      dispose: () => bundler.dispose(),
    };
  }

  /** All routers in one minified file. */
  public buildMonolith(entry: EntryOptions, kinds: RouterKinds): MonolithCode {
    const { projectRoot, options, target, lookupDirectory: lookup } = this;
    const main = renderMonolith(this.routes(), entry, kinds);
    const { files } = this.bundler.build({ projectRoot, lookupDirectory: lookup, main, routers: [], target, options, oneFile: true });
    const bytes = files.filter((file) => file.path.endsWith('.mjs')).reduce((sum, { contents }) => sum + contents.length, 0);
    return { files: files.map((file) => (file.path === MAIN_FILE ? { ...file, path: INDEX_FILE } : file)), bytes };
  }

  public renderIndex(plan: PreloadPlan, kinds: RouterKinds): [index: IndexFile] {
    // A router that was not loaded may be of any kind.
    const fetch = this.routers.some(({ prefix }) => (kinds.get(prefix) ?? 'fetch') === 'fetch');
    const listener = [...kinds.values()].includes('listener');
    const source = renderIndex({ ...plan, fetch, listener, collectGarbage: paysToCollectGarbage(plan) });
    return [{ path: INDEX_FILE, contents: Buffer.from(source), parts: [...fetch ? [FETCH_FILE] : [], ...listener ? [LISTENER_FILE] : []] }];
  }

  private resolve(): ResolvedRouter[] {
    const { projectRoot, declared } = this;
    return resolveRouters(declared._declarations, { projectRoot, projectRootProp: 'bundling.projectRoot', endings: ENDINGS });
  }

  private jobFor(entry: EntryOptions): BuildJob {
    const { routers, projectRoot, lookupDirectory: lookup, options, target } = this;
    return { projectRoot, lookupDirectory: lookup, main: renderMain(this.routes(), entry), routers, target, options };
  }

  private complete(result: BuildResult): BuiltCode {
    checkExports(this.routers, result);
    checkAssetPaths(this.readFiles(), [...RESERVED, ...result.files.map((file) => file.path)]);
    this.installed ??= installedPackages(this.options.nodeModules ?? [], this.lookupDirectory, this.cpu);
    return this.toBuiltCode(result, this.installed);
  }

  private routes(): RouteSource[] {
    const { externalModules = [], nodeModules = [] } = this.options;
    const express = (entry: string) => findExpress(entry, this.projectRoot, [...externalModules, ...nodeModules]);
    return this.routers.map((router) => ({ ...router, express: express(router.entry) }));
  }

  /** Reads the files only when they are needed, because they may come from a command that a synthesis without bundling does not run. */
  private readFiles(): readonly AssetFile[] {
    const { projectRoot, options: { files = {} } } = this;
    return this.assetFiles ??= readAssetFiles(files, { prop: 'bundling.files', projectRoot, projectRootProp: 'bundling.projectRoot' });
  }

  /** A barrel is a module of the project that imports several others and adds nothing to the bundle. */
  private importsPastBarrels(imports: BuiltCode['imports'], chunks: readonly BundledChunk[]): BuiltCode['imports'] {
    const notEmpty = new Set(chunks.flatMap(({ inputs }) => Object.keys(inputs).filter((file) => inputs[file] > 0)));
    const entries = new Set(this.routers.map(({ entry }) => entry));
    return pastBarrels(imports, {
      isBarrel: (file) => (imports[file] ?? []).length > 1 && !notEmpty.has(file) && !entries.has(file) && originOf(file).kind === 'project',
      read: (file) => fs.readFileSync(path.join(this.projectRoot, file), 'utf8'),
    });
  }

  private toBuiltCode(result: BuildResult, installed: readonly InstalledPackage[]): BuiltCode {
    const { projectRoot } = this;
    const { files, chunks, warnings, copied } = result;
    const imports = withPackages(result, installed);
    const { externalModules, nodeModules = [] } = this.options;
    // A name that is computed at run time does not appear in the imports of a chunk.
    const isFromLayer = (name: string) => isExternal(name, externalModules) && !isInLambda(name) && !nodeModules.includes(packageName(name));
    const externals = [...new Set([...chunks.flatMap((chunk) => chunk.externals), ...nodeModules])].sort();
    const routerFiles = new Map(this.routers.map(({ name }) => [name, routerFile(name)]));
    const given = this.readFiles().map(({ path: file, contents, executable }) => ({ path: file, contents, executable }));
    return {
      files: [...withoutForeignBinaries(files, copied, this.cpu), ...given],
      installedFiles: installed.flatMap((one) => one.files),
      chunks: [...chunks.map((chunk) => codeChunk(chunk, new Set(routerFiles.values()), nodeModules)), ...installed.map(packageChunk)],
      routerFiles,
      imports,
      importsPastBarrels: () => this.importsPastBarrels(imports, chunks),
      originOf,
      externals,
      // A package that the project itself does not have is an optional dependency of another package.
      fromLayers: externals.filter((name) => isFromLayer(name) && findPackage(packageName(name), this.lookupDirectory) !== undefined),
      warnings,
      // Only synthesis reads them.
      get findings() { return findMissingFiles(result, projectRoot, externalModules); },
    };
  }
}

function filesNamed(names: readonly string[], directories: readonly string[]): string[] {
  return directories.flatMap((directory) => names.map((name) => path.join(directory, name))).filter((file) => fs.existsSync(file));
}

/** The directories from the first one up to the root. */
function directoriesBetween(directory: string, root: string): string[] {
  return upward(fs.realpathSync(directory)).filter((one) => one === root || one.startsWith(root + path.sep));
}
