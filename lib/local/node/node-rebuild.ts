import * as path from 'node:path';
import { lookupDirectoryOf } from './node-asset';
import { writeAsset } from './write-asset';
import { RouterKind, RouterKinds } from '../../contract/router-kind';
import { assembleAsset } from '../../routers/asset/asset';
import { BuildOptions, completeBuild } from '../../routers/build';
import { toBuildOptions } from '../../routers/build-recipe';
import type { IncrementalBuild } from '../../routers/incremental-build';
import type { RouterCode } from '../../routers/router-code';
import { readManifest } from '../assembly/local-asset';
import { readModuleGraph } from '../assembly/read-module-graph';
import { assetOf, projectOf, SynthesizedApi } from '../assembly/synthesized-api';
import type { AssetRebuild, RebuiltCode } from '../language/asset-rebuild';

/** Rebuilds an asset as synthesis built it, to the byte. */
export class NodeRebuild implements AssetRebuild {
  private readonly kinds: RouterKinds;
  private readonly lookupDirectory: string;
  private readonly options: BuildOptions;
  /** The sources as of synthesis, until the first build. */
  private readonly firstInputs: readonly string[];
  private started?: { readonly code: RouterCode; readonly build: IncrementalBuild };

  /** @param restore finds the sources. Throws the errors of synthesis */
  constructor(private readonly api: SynthesizedApi, private readonly restore: () => RouterCode) {
    const { directory, description: { code: { recipe } } } = api;
    const { routers } = readManifest(assetOf(api));
    this.kinds = new Map(routers.flatMap(({ prefix, kind }) => (kind === undefined ? [] : [[prefix, kind as RouterKind]])));
    this.lookupDirectory = lookupDirectoryOf(api);
    this.options = toBuildOptions(recipe);
    const entries = recipe.routers.map(({ entry }) => path.resolve(directory, entry));
    this.firstInputs = [...entries, ...Object.keys(readModuleGraph(api).imports).map((file) => path.join(projectOf(api), file))]
      .filter((file) => !file.includes(`${path.sep}node_modules${path.sep}`));
  }

  public inputs(): readonly string[] {
    const { started, firstInputs } = this;
    return started === undefined ? firstInputs : [...firstInputs, ...started.build.inputs(), ...started.build.dependencyFiles];
  }

  /** `bundling.files` can have hidden files. */
  public isIgnored(): boolean {
    return false;
  }

  public dependencyFiles(): readonly string[] {
    return this.started?.build.dependencyFiles ?? [];
  }

  public newRouters(): readonly string[] {
    return this.started?.build.newRouters() ?? [];
  }

  public async build(): Promise<RebuiltCode> {
    const { options, kinds, lookupDirectory, api: { description: { function: { architecture } } } } = this;
    const { code, build } = this.started ??= this.start();
    const built = await build.rebuild();
    const asset = assembleAsset(completeBuild({ code, options, built }), kinds);
    return {
      files: asset.files,
      digest: asset.digest,
      warnings: built.warnings,
      write: () => writeAsset({ asset, externals: built.externals, lookupDirectory, architecture }),
    };
  }

  public async dispose(): Promise<void> {
    await this.started?.build.dispose();
  }

  private start() {
    const code = this.restore();
    return { code, build: code.startIncrementalBuild!(this.options.entry) };
  }
}
