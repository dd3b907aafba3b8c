import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { compileForLocal } from './compile-for-local';
import { hostPackages, lambdaPackages } from './local-packages';
import { PythonApi, pythonApi } from './python-api';
import { RememberingInstaller } from './remembering-installer';
import { MANIFEST_FILE } from '../../contract/manifest';
import { APP_PREFIX } from '../../languages/python/application';
import { applicationOf, codeFromRecipe } from '../../languages/python/code-from-recipe';
import { lockFilesFor } from '../../languages/python/dependencies/lock/find-lock';
import { LockedDependencies } from '../../languages/python/dependencies/locked-dependencies';
import { discoverModules } from '../../languages/python/discover';
import { INDEX_FILE, withoutNames } from '../../languages/python/entry-source';
import { PythonTools } from '../../languages/python/python-code';
import { runtimeFiles } from '../../languages/python/runtime-files';
import { writeFiles } from '../../private/write-files';
import { digestOf } from '../../routers/asset/digest';
import type { CodeFile } from '../../routers/built-code';
import { newRouters } from '../../routers/new-routers';
import { toDeclaration } from '../../routers/recipe-router';
import type { LocalAsset } from '../assembly/local-asset';
import { assetOf, SynthesizedApi } from '../assembly/synthesized-api';
import type { AssetRebuild, RebuiltCode } from '../language/asset-rebuild';
import type { Programs } from '../language/programs';

/**
 * Rebuilds an asset without running its code: INIT imports what the last synthesis planned. A save takes milliseconds this way. A module that a
 * router newly imports is imported with the router.
 */
export class PythonRebuild implements AssetRebuild {
  private started?: { readonly found: PythonApi; readonly tools: PythonTools };

  constructor(private readonly api: SynthesizedApi, private readonly programs: Programs) {}

  public inputs(): readonly string[] {
    const { entry, projectRoot = entry } = applicationOf(this.recipe, this.toAbsolute);
    return [entry, ...lockFilesFor(entry, projectRoot)];
  }

  /** Hidden files are not part of an application. */
  public isIgnored(name: string): boolean {
    return name.startsWith('.');
  }

  /** A build installs what a changed lock file has. */
  public dependencyFiles(): readonly string[] {
    return [];
  }

  public newRouters(): readonly string[] {
    const declarations = this.recipe.routers.filter(({ prefix }) => prefix !== APP_PREFIX).map((router) => toDeclaration(router, this.toAbsolute));
    return newRouters(declarations, discoverModules);
  }

  public async build(): Promise<RebuiltCode> {
    const { recipe, toAbsolute, api: { description: { function: fn } } } = this;
    const { found: { fits, python }, tools } = this.started ??= this.start();
    const { sources, bytecode, dependencies, warnings } = codeFromRecipe(recipe, { ...fn, environment: {} }, toAbsolute, tools).compile(recipe.entry);
    const files = [...sources, ...bytecode, ...this.plannedFiles()];
    const packages = fits ? lambdaPackages(dependencies) : hostPackages(dependencies, python);
    const digest = JSON.stringify([digestOf(files), packages]);
    return { files, digest, warnings, write: () => write(files.map(withCurrentRoutes), packages) };
  }

  public async dispose(): Promise<void> {}

  private get recipe() {
    return this.api.description.code.recipe;
  }

  private readonly toAbsolute = (file: string) => path.resolve(this.api.directory, file);

  private start() {
    const found = pythonApi(this.api, this.programs);
    const { application: { excludePackages, projectRoot }, python, fits } = found;
    const tools: PythonTools = {
      installer: new RememberingInstaller(new LockedDependencies({ excludePackages }), !fits),
      compile: (modules) => compileForLocal(modules, projectRoot!, python),
      findPython: () => python,
      runtime: () => runtimeFiles(),
    };
    return { found, tools };
  }

  /** What synthesis planned, and its description. */
  private plannedFiles(): CodeFile[] {
    return [INDEX_FILE, MANIFEST_FILE].map((file) => ({ path: file, contents: fs.readFileSync(path.join(assetOf(this.api), file)) }));
  }
}

/** The names of routes in the index are those of synthesis, and a save can add routes. */
function withCurrentRoutes(file: CodeFile): CodeFile {
  return file.path === INDEX_FILE ? { ...file, contents: Buffer.from(withoutNames(file.contents.toString())) } : file;
}

function write(files: readonly CodeFile[], packages: string | undefined): LocalAsset {
  const directory = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-lazy-api-')));
  writeFiles(files, directory);
  return { directory, packages, close: () => fs.rmSync(directory, { recursive: true, force: true }) };
}
