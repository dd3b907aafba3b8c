import * as fs from 'node:fs';
import * as path from 'node:path';
import { restoreCode } from './restore-code';
import { writeAsset } from './write-asset';
import { RouterKind, RouterKinds } from '../../contract/router-kind';
import { Asset, assembleAsset } from '../../routers/asset/asset';
import { completeBuild } from '../../routers/build';
import type { BuiltCode } from '../../routers/built-code';
import type { IncrementalBuild } from '../../routers/incremental-build';
import { LocalAsset, lookupDirectoryOf, readManifest } from '../assembly/local-asset';
import { readModuleGraph } from '../assembly/read-module-graph';
import { assetOf, projectOf, SynthesizedApi } from '../assembly/synthesized-api';
import { LocalError } from '../local-error';

/** The result of a build. */
export interface Rebuilt {
  /** Undefined if the code is the same as before. */
  readonly asset?: LocalAsset;
  /** The compiler's warnings, ready to print. */
  readonly warnings: readonly string[];
}

/** Rebuilds the asset of an API from its sources. */
export class AssetBuilder {
  private readonly kinds: RouterKinds;
  private readonly lookupDirectory: string;
  /** The sources as of synthesis, until the first build. */
  private readonly firstInputs: readonly string[];
  private restored?: { readonly code: ReturnType<typeof restoreCode>; readonly build: IncrementalBuild };
  /** The digest of the asset that was written last. */
  private digest?: string;

  constructor(private readonly api: SynthesizedApi) {
    const { routers } = readManifest(assetOf(api));
    this.kinds = new Map(routers.flatMap(({ prefix, kind }) => (kind === undefined ? [] : [[prefix, kind as RouterKind]])));
    this.lookupDirectory = lookupDirectoryOf(api);
    this.firstInputs = [...this.entries, ...Object.keys(readModuleGraph(api).imports).map((file) => path.join(projectOf(api), file))]
      .filter((file) => !file.includes(`${path.sep}node_modules${path.sep}`));
  }

  /** Whether any of the sources is on this machine. */
  public get hasSources(): boolean {
    return this.entries.some((entry) => fs.existsSync(entry));
  }

  public get inputs(): readonly string[] {
    const { restored, firstInputs } = this;
    return restored === undefined ? firstInputs : [...firstInputs, ...restored.build.inputs(), ...restored.build.dependencyFiles];
  }

  /** The changes that need a new synthesis, as text for the user. */
  public needsSynthesis(changed: readonly string[]): string[] {
    const { dependencyFiles = [] } = this.restored?.build ?? {};
    const name = (file: string) => path.relative(projectOf(this.api), file);
    return [
      ...changed.filter((file) => dependencyFiles.includes(file)).map((file) => `${name(file)} has changed`),
      ...(this.restored?.build.newRouters() ?? []).map((file) => `${name(file)} is a new router`),
    ];
  }

  /** Builds the current files on disk. Throws the errors of synthesis. */
  public async build(): Promise<Rebuilt> {
    const { code: { code, options }, build } = this.restored ??= this.restore();
    const built = await build.rebuild();
    const asset = assembleAsset(completeBuild({ code, options, built }), this.kinds);
    const isSame = this.digest === undefined ? isOnDisk(asset, assetOf(this.api)) : asset.digest === this.digest;
    return { warnings: built.warnings, ...!isSame && { asset: this.write(asset, built) } };
  }

  public async dispose(): Promise<void> {
    await this.restored?.build.dispose();
  }

  private get entries(): readonly string[] {
    const { directory, description: { code: { recipe } } } = this.api;
    return recipe.routers.map(({ entry }) => path.resolve(directory, entry));
  }

  private restore() {
    const code = restoreCode(this.api);
    const build = code.code.startIncrementalBuild?.(code.options.entry);
    if (!build) throw new LocalError(`${this.api.path}: routers in ${code.code.language} cannot be rebuilt locally yet; run "npx cdk synth"`);
    return { code, build };
  }

  private write(asset: Asset, { externals }: BuiltCode): LocalAsset {
    const { lookupDirectory, api: { description } } = this;
    const written = writeAsset({ asset, externals, lookupDirectory, architecture: description.function.architecture });
    this.digest = asset.digest;
    return written;
  }
}

/** Whether a directory contains the code of an asset. */
function isOnDisk({ files }: Asset, directory: string): boolean {
  return files.every(({ path: file, contents }) => {
    const found = path.join(directory, file);
    return fs.existsSync(found) && Buffer.compare(fs.readFileSync(found), contents) === 0;
  });
}
