import * as path from 'node:path';
import { AssetBuilder } from './asset-builder';
import { FileWatcher } from './file-watcher';
import { SourceWatch, WatchLog } from './source-watch';
import type { ApiManifest } from '../../contract/manifest';
import { readManifest } from '../assembly/local-asset';
import type { SynthesizedApi } from '../assembly/synthesized-api';
import type { RunAuthorizer } from '../endpoint/authorize';
import type { LocalEndpoint } from '../endpoint/local-endpoint';
import type { LocalFunction, RuntimeCommand } from '../lambda/local-function';
import { LocalLambda, LocalLambdaOptions, Runnable } from '../lambda/local-lambda';
import { BuildStatus } from '../server/build-state';
import { ApiOptions, PreparedApi, prepareApi, StartedApi } from '../start-api';

export interface WatchOptions {
  /** The directory that `cdk synth` writes. */
  readonly assembly: string;
  readonly api: ApiOptions;
  readonly lambda: LocalLambdaOptions;
  readonly log: WatchLog;
  /** Reads the API from the assembly. */
  load(): SynthesizedApi;
}

/** An API that reloads its code and infrastructure when they change on disk. */
export interface WatchedApi extends StartedApi {
  readonly build: BuildStatus;
}

/** `cdk synth` writes this file last. */
const LAST_WRITTEN = 'manifest.json';

/** How long the assembly must be unchanged before it is read, in milliseconds. */
const QUIET_MS = 100;

/** Starts an API as `startApi` does, rebuilds it when its sources change, and reads it again after `cdk synth` has run. */
export async function watchApi(options: WatchOptions): Promise<WatchedApi> {
  const api = options.load();
  return new Watch(options, api, await prepareApi(api, options.api, options.lambda.output));
}

class Watch implements WatchedApi {
  public readonly build = new BuildStatus();
  public readonly lambda: LocalLambda;
  public readonly notes: readonly string[];
  public manifest: ApiManifest;
  private readonly assembly: FileWatcher;
  private runnable: Runnable;
  private sources?: SourceWatch;
  /** Closes the code that is currently running. */
  private closeCode: () => void;
  /** Older versions that are still running. */
  private readonly older = new Set<Promise<void>>();
  private timer?: NodeJS.Timeout;
  private reloading: Promise<void> = Promise.resolve();
  /** Why the assembly currently cannot be used. */
  private problem?: string;

  constructor(private readonly options: WatchOptions, private api: SynthesizedApi, private prepared: PreparedApi) {
    const { asset, notes, cpuLimit } = prepared;
    this.runnable = prepared.runnable(asset);
    this.closeCode = () => asset.close();
    this.lambda = new LocalLambda(this.runnable, { cpuLimit, ...options.lambda });
    this.manifest = readManifest(asset.directory);
    const missing = this.watchSources();
    this.notes = [...notes, ...missing === undefined ? [] : [missing]];
    this.assembly = new FileWatcher(() => this.scheduleReload(), ({ message }) => options.log.note(`a new synthesis cannot be detected: ${message}`));
    this.assembly.watch([path.resolve(options.assembly, LAST_WRITTEN)]);
  }

  public get fn(): LocalFunction {
    return this.runnable.fn;
  }

  public get endpoint(): LocalEndpoint {
    return this.prepared.endpoint;
  }

  public get runAuthorizer(): RunAuthorizer {
    return this.prepared.runAuthorizer;
  }

  public command(fn: LocalFunction): RuntimeCommand {
    return this.prepared.command(fn);
  }

  public async close(): Promise<void> {
    this.assembly.close();
    clearTimeout(this.timer);
    await this.reloading;
    await this.sources?.close();
    await this.lambda.close();
    await Promise.all(this.older);
    this.closeCode();
    await this.prepared.close();
  }

  /** Returns a note if there is nothing to watch. */
  private watchSources(): string | undefined {
    const builder = new AssetBuilder(this.api, this.options.api);
    this.sources = undefined;
    if (!builder.hasSources) return 'the sources are not where they were at synthesis, so the built code is served without rebuilds';
    const { build: status, options: { log } } = this;
    this.sources = new SourceWatch({
      builder, status, log, deploy: (asset) => this.deploy(this.prepared.runnable(asset), () => asset.close()),
    });
    this.sources.start();
    return undefined;
  }

  /** Runs new code from now on. Environments of the previous code may still load files of it. */
  private deploy(runnable: Runnable, closeCode: () => void, closeBefore = async () => {}): void {
    const { closeCode: closePrevious } = this;
    this.runnable = runnable;
    this.manifest = readManifest(runnable.fn.directory);
    this.closeCode = closeCode;
    const replaced = this.lambda.replace(runnable).then(async () => {
      closePrevious();
      await closeBefore();
      this.older.delete(replaced);
    });
    this.older.add(replaced);
    this.lambda.warmUp();
  }

  private scheduleReload(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { this.reloading = this.reloading.then(() => this.reload()); }, QUIET_MS);
  }

  /** Invalid input changes nothing. */
  private async reload(): Promise<void> {
    const { log, load, api: given } = this.options;
    try {
      this.assembly.refresh();
      const api = load();
      this.problem = undefined;
      if (contentsOf(api) === contentsOf(this.api)) return;
      await this.use(api, await prepareApi(api, given, this.options.lambda.output));
      log.note(`cdk synth has run: ${api.path} is reloaded`);
    } catch (error) {
      const { message } = error as Error;
      if (message !== this.problem) log.error(`the new assembly is invalid, so the last one stays in use: ${message}`);
      this.problem = message;
      // The running code may have been deleted with its assembly.
      this.sources?.schedule();
    }
  }

  private async use(api: SynthesizedApi, prepared: PreparedApi): Promise<void> {
    const { prepared: before, sources } = this;
    await sources?.close();
    this.api = api;
    this.prepared = prepared;
    this.deploy(prepared.runnable(prepared.asset), () => prepared.asset.close(), () => before.close());
    this.build.set({ kind: 'built' });
    const missing = this.watchSources();
    for (const note of [...prepared.notes, ...missing === undefined ? [] : [missing]]) {
      if (!this.notes.includes(note)) this.options.log.note(note);
    }
  }
}

function contentsOf({ description, template }: SynthesizedApi): string {
  return JSON.stringify([description, template]);
}
