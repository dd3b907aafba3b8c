import * as path from 'path';
import { APP_PREFIX, PythonApplication, PythonRouter, ResolvedApplication, resolveApplication } from './application';
import { compileApplication, CompiledApplication } from './bytecode/compile-application';
import { checkEntryFiles } from './check-asset';
import { LockedDependencies } from './dependencies/locked-dependencies';
import { DependencyInstaller, DependencyRequest, PythonDependencies } from './dependencies/python-dependencies';
import { readEntryFiles } from './entry-files';
import { INDEX_FILE, InitSource, MAIN_FILE, renderIndex, renderMain, RouteNames } from './entry-source';
import { findHostPython, HostPython } from './interpreter/find-host-python';
import { pythonCache } from './interpreter/python-cache';
import { PYTHON_LOAD_COST } from './load-cost';
import { Grouping, groupModules } from './modules/module-groups';
import { ModulePlaces } from './modules/module-place';
import { ObservedScope } from './modules/observation';
import { ObservableCode, observeImports, observePlan } from './modules/observe';
import { requestScope } from './modules/request-scope';
import { SettledPlan, settlePlan } from './modules/settle-plan';
import { sharedModules } from './modules/shared-modules';
import { pythonVersion } from './python-version';
import { runtimeFiles } from './runtime-files';
import { parseTarget } from './target';
import { ObservedBuild, toBuiltCode } from './to-built-code';
import { PythonLoader } from './verification/python-loader';
import type { BuildRecipe } from '../../contract/api-description';
import type { RouterKinds } from '../../contract/router-kind';
import { digestOf } from '../../routers/asset/digest';
import { BuiltCode, CodeFile } from '../../routers/built-code';
import { LoadGraph } from '../../routers/load-graph';
import { ObservedImport } from '../../routers/preload/observed-import';
import { PreloadPlan } from '../../routers/preload/preload-plan';
import { MapPath, toRecipeRouter } from '../../routers/recipe-router';
import { EntryOptions, MonolithCode, RouterCode } from '../../routers/router-code';
import { RouterLoader } from '../../routers/verification/router-loader';

/** The function that the routers run in. */
export interface PythonFunction {
  /** The name of the runtime, like `python3.13`. */
  readonly runtime: string;
  /** The name of the architecture, as Lambda has it. */
  readonly architecture: string;
  /** The environment variables, as far as synthesis knows them. Routers may read them when they are imported. */
  readonly environment: Readonly<Record<string, string>>;
}

/** What the build takes from its surroundings. */
export interface PythonTools {
  readonly installer: DependencyInstaller;
  readonly compile: (modules: readonly CodeFile[], target: Omit<DependencyRequest, 'host'>) => CompiledApplication;
  readonly findPython: (version: string, cache: string) => HostPython;
  /** The files of the runtime package. */
  readonly runtime: () => readonly CodeFile[];
}

/** The code of an asset, before it is known which modules INIT loads. */
export interface CompiledCode {
  /** The application, the runtime, and the lazy route table. */
  readonly sources: readonly CodeFile[];
  readonly bytecode: readonly CodeFile[];
  readonly dependencies: PythonDependencies;
  /** Ready to print. */
  readonly warnings: readonly string[];
}

function toolsFor({ excludePackages }: PythonApplication): PythonTools {
  const installer = new LockedDependencies({ excludePackages });
  return { installer, compile: compileApplication, findPython: findHostPython, runtime: () => runtimeFiles() };
}

/** Routers in Python. */
export class PythonCode implements RouterCode {
  public readonly language = 'Python';
  public readonly handler = `${path.parse(INDEX_FILE).name}.handler`;
  public readonly canStream = false;
  public readonly loadCost = PYTHON_LOAD_COST;
  public readonly barrelAdvice = 'import directly from the module that defines it, or inside the function that uses it';
  public readonly routers: readonly PythonRouter[];
  public readonly projectRoot: string;
  public readonly loader: RouterLoader;
  private readonly resolved: ResolvedApplication;
  private readonly target: Omit<DependencyRequest, 'host'>;
  private readonly settled = new WeakMap<PreloadPlan, SettledPlan>();
  private python?: HostPython;
  private installed?: PythonDependencies;
  private observed?: { readonly code: ObservableCode; readonly build: ObservedBuild; readonly routeNames: RouteNames };
  /** With what smoke requests have imported. */
  private grouping?: Grouping;

  /** Checks the application and its routers. */
  constructor(
    private readonly application: PythonApplication, private readonly fn: PythonFunction,
    private readonly tools: PythonTools = toolsFor(application),
  ) {
    const version = pythonVersion(fn.runtime);
    this.resolved = resolveApplication(application);
    const { directory, projectRoot, routers } = this.resolved;
    this.projectRoot = projectRoot;
    this.routers = routers;
    this.target = { entry: directory, projectRoot, pythonVersion: version, architecture: fn.architecture === 'arm64' ? 'arm64' : 'x86_64' };
    this.loader = this.createLoader();
  }

  public get key(): string {
    const { application: { app }, routers, target, fn: { environment } } = this;
    return JSON.stringify([app, routers, target, environment, digestOf(this.entryFiles()), this.tools.installer.key(this.dependencyTarget())]);
  }

  public environment(given: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    return given;
  }

  public describe(toRelative: MapPath): Pick<BuildRecipe, 'routers' | 'options'> {
    const { application: { app, exclude, excludePackages }, resolved: { declarations, directory, projectRoot } } = this;
    const targets = Object.fromEntries(this.routers.map(({ prefix, target }) => [prefix, target]));
    return {
      routers: declarations.map((declaration) => toRecipeRouter(declaration, toRelative)),
      options: { entry: toRelative(directory), projectRoot: toRelative(projectRoot), app, exclude, excludePackages, targets },
    };
  }

  /** Compiles everything that does not depend on what the routers import. */
  public compile(entry: EntryOptions): CompiledCode {
    const own = this.entryFiles();
    const dependencies = this.dependencies();
    checkEntryFiles(own, dependencies, this.target);
    const main = { path: MAIN_FILE, contents: Buffer.from(renderMain(this.withoutApp(), this.application.app, entry)) };
    const sources = [...own, ...this.tools.runtime(), main];
    const { files, warnings } = this.tools.compile(sources.filter((file) => file.path.endsWith('.py')), this.target);
    return { sources, bytecode: files, dependencies, warnings };
  }

  public build(entry: EntryOptions): BuiltCode {
    const { sources, dependencies, ...compiled } = this.compile(entry);
    const files = [...sources, ...compiled.bytecode];
    const { entryDirectory } = this.resolved;
    const places = new ModulePlaces({ files: sources, dependencies, entryDirectory });
    const code = this.observable(sources, dependencies);
    const scopes = observeImports(code);
    const warnings = [...compiled.warnings, ...this.warnings(this.host(), scopes)];
    const grouping = groupModules(scopes, code.routers, places);
    const build = { files, dependencies, places, scopes, grouping, routers: this.routers, warnings };
    this.observed = { code, build, routeNames: this.routeNames(scopes) };
    this.grouping = grouping;
    return toBuiltCode(this.observed.build);
  }

  public addImports(imports: readonly ObservedImport[]): { readonly built: BuiltCode; readonly imports: readonly ObservedImport[] } {
    const { code: { files, dependencies: { hostDirectory }, routers }, build } = this.observed!;
    const scopes = [...build.scopes, requestScope(imports, { scopes: build.scopes, files, hostDirectory })];
    this.grouping = groupModules(scopes, routers, build.places);
    const built = toBuiltCode({ ...build, scopes, grouping: this.grouping });
    return { built, imports: built.chunks.flatMap(({ file: from, dynamicImports = [] }) => dynamicImports.map((file) => ({ from, file }))) };
  }

  public settlePlan(plan: PreloadPlan, graph: LoadGraph): PreloadPlan {
    const { observed, grouping } = this;
    const settled = settlePlan(plan, graph, this.routers, { grouping: grouping!, run: (modules) => observePlan(observed!.code, modules) });
    this.settled.set(settled.plan, settled);
    return settled.plan;
  }

  /** The same asset, whose INIT loads the application and all routers. */
  public buildMonolith(_entry: EntryOptions, kinds: RouterKinds): MonolithCode {
    const routers = this.withoutApp().map(({ prefix }) => prefix);
    return { files: this.index({ modules: [], routers, asgi: hasAsgi(kinds), names: {} }) };
  }

  public renderIndex(plan: PreloadPlan, kinds: RouterKinds): [index: CodeFile, ...compiled: CodeFile[]] {
    const { application: { app } } = this;
    const { modules } = this.settled.get(plan)!;
    const routers = plan.routers.filter((prefix) => app === undefined || prefix !== APP_PREFIX);
    return this.index({ modules, routers, asgi: hasAsgi(kinds), names: this.observed!.routeNames });
  }

  private index(init: InitSource): [index: CodeFile, ...compiled: CodeFile[]] {
    const index = { path: INDEX_FILE, contents: Buffer.from(renderIndex(init)) };
    return [index, ...this.tools.compile([index], this.target).files];
  }

  /** Only an application looks for routes in its routers. */
  private routeNames(scopes: readonly ObservedScope[]): RouteNames {
    const routers = this.application.app === undefined ? [] : this.withoutApp();
    return Object.fromEntries(routers.flatMap(({ name, prefix }) => {
      const names = scopes.find(({ scope }) => scope === name)?.routeNames;
      return names ? [[prefix, names]] : [];
    }));
  }

  /** Only a synthesis that builds needs Python and the dependencies. */
  private createLoader(): RouterLoader {
    return new PythonLoader({
      pythonVersion: this.target.pythonVersion,
      python: () => this.host(),
      packages: () => this.dependencies(),
      // Known after a build.
      shared: () => (this.observed ? sharedModules(this.observed.build, this.routers) : []),
    });
  }

  private host(): HostPython {
    return this.python ??= this.tools.findPython(this.target.pythonVersion, pythonCache(this.projectRoot));
  }

  private dependencyTarget(): DependencyRequest {
    return { ...this.target, host: this.host() };
  }

  private dependencies(): PythonDependencies {
    return this.installed ??= this.tools.installer.install(this.dependencyTarget());
  }

  /** The routers that the application includes, or that stand alone. */
  private withoutApp(): readonly PythonRouter[] {
    return this.routers.filter(({ prefix }) => this.application.app === undefined || prefix !== APP_PREFIX);
  }

  private entryFiles(): CodeFile[] {
    const { directory, routers } = this.resolved;
    return readEntryFiles({ entry: directory, needed: routers.map(({ file }) => file), exclude: this.application.exclude ?? [] });
  }

  private observable(files: readonly CodeFile[], dependencies: PythonDependencies): ObservableCode {
    const { application: { app }, fn: { environment }, target } = this;
    const routers = this.routers.map(({ name, target: of }) => ({ name, ...parseTarget(of) }));
    const host = { python: () => this.host(), pythonVersion: target.pythonVersion };
    return { files, dependencies, app, routers, host, environment, cache: pythonCache(this.projectRoot) };
  }

  private warnings({ version }: HostPython, scopes: readonly ObservedScope[]): string[] {
    const { pythonVersion: wanted } = this.target;
    const other = `Python ${wanted} was not found on this machine, so verification and the preload plan used Python ${version}; `
      + `install Python ${wanted}, for example with "uv python install ${wanted}", because the hash of the asset can differ otherwise`;
    const failed = scopes.filter(({ error }) => error !== null).map(({ scope, error }) => (
      `the preload plan does not know everything that ${scope} imports, because its import failed at synthesis: ${error}`
    ));
    return [...version === wanted ? [] : [other], ...failed];
  }
}

function hasAsgi(kinds: RouterKinds): boolean {
  return [...kinds.values()].includes('asgi');
}
