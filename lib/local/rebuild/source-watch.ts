import { AssetBuilder } from './asset-builder';
import { FileWatcher } from './file-watcher';
import { LazyApiError } from '../../private/errors';
import type { LocalAsset } from '../assembly/local-asset';
import { LocalError } from '../local-error';
import type { BuildState, BuildStatus } from '../server/build-state';

/** Receives the events of a watch. */
export interface WatchLog {
  note(text: string): void;
  error(text: string): void;
  /** The code was rebuilt in this number of milliseconds. */
  built(ms: number): void;
}

export interface SourceWatchOptions {
  readonly builder: AssetBuilder;
  readonly status: BuildStatus;
  readonly log: WatchLog;
  /** Runs new code from now on. */
  deploy(asset: LocalAsset): void;
}

/** An editor may save a file in several steps, and several files one after the other. */
const QUIET_MS = 15;

/** Rebuilds the sources whenever they change, one build at a time. */
export class SourceWatch {
  private readonly watcher: FileWatcher;
  private readonly changed = new Set<string>();
  /** Messages that the user has already seen. They are not repeated. */
  private readonly told = new Set<string>();
  /** The time of the first change that is not built yet. */
  private since?: number;
  private timer?: NodeJS.Timeout;
  private running?: Promise<void>;
  private failure?: string;
  private isClosed = false;

  constructor(private readonly options: SourceWatchOptions) {
    const refused = ({ message }: Error) => this.tellOnce(`some changes cannot be detected: ${message}`);
    this.watcher = new FileWatcher((file) => { this.changed.add(file); this.schedule(); }, refused);
  }

  /** Builds for the first time, because the sources may have changed since synthesis. */
  public start(): void {
    this.watch();
    this.schedule();
  }

  private watch(): void {
    const { builder } = this.options;
    this.watcher.watch(builder.inputs, (name) => builder.isIgnored(name));
  }

  /** Schedules a build. */
  public schedule(): void {
    this.since ??= performance.now();
    this.options.status.set({ kind: 'building' });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { this.running ??= this.run(); }, QUIET_MS);
  }

  public async close(): Promise<void> {
    this.isClosed = true;
    this.watcher.close();
    clearTimeout(this.timer);
    await this.running;
    await this.options.builder.dispose();
  }

  /** Builds until no file changes during a build. */
  private async run(): Promise<void> {
    let state: BuildState | undefined;
    while (this.since !== undefined && !this.isClosed) {
      const { since } = this;
      this.since = undefined;
      state = await this.build(since);
    }
    this.running = undefined;
    if (state && !this.isClosed) this.options.status.set(state);
  }

  private async build(since: number): Promise<BuildState> {
    const { builder } = this.options;
    const changed = [...this.changed];
    this.changed.clear();
    try {
      // Directories may have reappeared.
      this.watcher.refresh();
      return this.succeed(await builder.build(), performance.now() - since);
    } catch (error) {
      return this.fail(describeFailure(error));
    } finally {
      if (!this.isClosed) this.watch();
      for (const reason of builder.needsSynthesis(changed)) this.tellOnce(`${reason}: run "npx cdk synth"`);
    }
  }

  private succeed({ asset, warnings }: Awaited<ReturnType<AssetBuilder['build']>>, ms: number): BuildState {
    const { log, deploy } = this.options;
    for (const warning of warnings) this.tellOnce(warning);
    if (asset && this.isClosed) asset.close();
    else if (asset) deploy(asset);
    if (asset || this.failure !== undefined) log.built(ms);
    this.failure = undefined;
    return { kind: 'built', ms };
  }

  private fail(error: string): BuildState {
    if (error !== this.failure && !this.isClosed) this.options.log.error(error);
    this.failure = error;
    return { kind: 'failed', error };
  }

  private tellOnce(text: string): void {
    if (this.told.has(text)) return;
    this.told.add(text);
    this.options.log.note(text);
  }
}

/** Errors that the user can fix are shown without a stack trace. */
function describeFailure(error: unknown): string {
  if (!(error instanceof LazyApiError || error instanceof LocalError)) return String((error as Error | undefined)?.stack ?? error);
  const isRouterGone = error instanceof LazyApiError && error.code === 'ENTRY_MISSING';
  return error.message + (isRouterGone ? '; put the file back, or run "npx cdk synth" if the router is gone' : '');
}
