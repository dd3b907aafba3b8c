import * as fs from 'node:fs';
import * as path from 'node:path';
import type { CodeFile } from '../../routers/built-code';
import { LocalAsset } from '../assembly/local-asset';
import { assetOf, projectOf, SynthesizedApi } from '../assembly/synthesized-api';
import type { AssetRebuild } from '../language/asset-rebuild';
import { languageOf } from '../language/find-language';
import type { Programs } from '../language/programs';

/** The result of a build. */
export interface Rebuilt {
  /** Undefined if the code is the same as before. */
  readonly asset?: LocalAsset;
  /** The compiler's warnings, ready to print. */
  readonly warnings: readonly string[];
}

/** Rebuilds the asset of an API from its sources. */
export class AssetBuilder {
  private readonly rebuild: AssetRebuild;
  /** The digest of the first build. Until an asset is written, the code of synthesis runs. */
  private first?: string;
  /** The digest of the asset that was written last. */
  private written?: string;

  constructor(private readonly api: SynthesizedApi, programs: Programs = {}) {
    this.rebuild = languageOf(api).startRebuild(api, programs);
  }

  /** Whether any of the sources is on this machine. */
  public get hasSources(): boolean {
    const { directory, description: { code: { recipe } } } = this.api;
    return recipe.routers.some(({ entry }) => fs.existsSync(path.resolve(directory, entry)));
  }

  public get inputs(): readonly string[] {
    return this.rebuild.inputs();
  }

  /** Whether no build reads what has this name in a watched directory. */
  public isIgnored(name: string): boolean {
    return this.rebuild.isIgnored(name);
  }

  /** The changes that need a new synthesis, as text for the user. */
  public needsSynthesis(changed: readonly string[]): string[] {
    const dependencyFiles = this.rebuild.dependencyFiles();
    const name = (file: string) => path.relative(projectOf(this.api), file);
    return [
      ...changed.filter((file) => dependencyFiles.includes(file)).map((file) => `${name(file)} has changed`),
      ...this.rebuild.newRouters().map((file) => `${name(file)} is a new router`),
    ];
  }

  /** Builds the current files on disk. Throws the errors of synthesis. */
  public async build(): Promise<Rebuilt> {
    const { files, digest, warnings, write } = await this.rebuild.build();
    this.first ??= digest;
    // A deleted file and a changed lock file show only in the digest, and a deleted assembly only on disk.
    const isSame = this.written === undefined ? digest === this.first && isOnDisk(files, assetOf(this.api)) : digest === this.written;
    if (isSame) return { warnings };
    const asset = write();
    this.written = digest;
    return { warnings, asset };
  }

  public async dispose(): Promise<void> {
    await this.rebuild.dispose();
  }
}

/** Whether a directory contains the code of an asset. */
function isOnDisk(files: readonly CodeFile[], directory: string): boolean {
  return files.every(({ path: file, contents }) => {
    const found = path.join(directory, file);
    return fs.existsSync(found) && Buffer.compare(fs.readFileSync(found), contents) === 0;
  });
}
