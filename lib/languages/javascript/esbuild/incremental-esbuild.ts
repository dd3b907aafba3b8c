import * as path from 'path';
import type * as esbuild from 'esbuild';
import { BuildJob, BuildResult, IncrementalBundler } from '../bundler';
import { checkBanner } from './check-banner';
import { toOurError } from './esbuild-errors';
import { esbuildOptions } from './esbuild-options';
import { Esbuild, findEsbuild } from './find-esbuild';
import { metadataBuildOf } from './metadata-build-of';
import { runtimeSources } from './runtime-sources';
import { EsbuildResult, toBuildResult } from './to-build-result';
import { runWithMetadata } from '../decorators/build-with-metadata';

type Options = ReturnType<typeof esbuildOptions>;

/** An esbuild context for one set of options. It keeps what it has parsed. */
interface Kept {
  readonly key: string;
  readonly engine: Esbuild;
  readonly options: Options;
  readonly context: esbuild.BuildContext<Options>;
}

/** Rebuilds with one context of the project's own esbuild. Other options use another context. */
export class IncrementalEsbuild implements IncrementalBundler {
  /** What the last failed build looked for, as absolute paths. */
  public missing: readonly string[] = [];
  private kept?: Kept;

  public async build(job: BuildJob): Promise<BuildResult> {
    const kept = await this.contextFor(job);
    const { engine } = kept;
    try {
      const result = await this.run(kept, job);
      this.missing = [];
      return toBuildResult(engine, job.projectRoot, result);
    } catch (error) {
      const { errors } = error as Partial<esbuild.BuildFailure>;
      this.missing = (errors ?? []).flatMap((problem) => missingFile(problem, job.projectRoot));
      // An esbuild process that has ended does not restart.
      if (errors === undefined) await this.dispose();
      throw toOurError(engine, error);
    }
  }

  public async dispose(): Promise<void> {
    const { kept } = this;
    this.kept = undefined;
    await kept?.context.dispose();
  }

  private async contextFor(job: BuildJob): Promise<Kept> {
    const options = esbuildOptions(job, runtimeSources());
    const key = JSON.stringify(options);
    if (this.kept?.key === key) return this.kept;
    await this.dispose();
    const engine = findEsbuild(job.lookupDirectory);
    checkBanner(engine, job.options.banner);
    const context = await collectingLess(() => engine.context(options)).catch((error: Error) => { throw toOurError(engine, error); });
    return this.kept = { key, engine, options, context };
  }

  private async run({ context, engine, options }: Kept, job: BuildJob): Promise<EsbuildResult> {
    const result = await context.rebuild();
    const again = metadataBuildOf(engine, job, { options, result });
    return again === undefined ? result : runWithMetadata(again);
  }
}

/** Go's garbage collector would take a third of the time of a rebuild. It reads these settings when esbuild's process starts. */
const COLLECT_LESS = { GOGC: '400', GOMEMLIMIT: '1GiB' };

/** Starts esbuild's process with more memory and less garbage collection, unless the user sets their own values. */
function collectingLess<T>(start: () => T): T {
  if (process.env.GOGC !== undefined || process.env.GOMEMLIMIT !== undefined) return start();
  Object.assign(process.env, COLLECT_LESS);
  try {
    return start();
  } finally {
    for (const name of Object.keys(COLLECT_LESS)) delete process.env[name];
  }
}

/** The path of a missing import. Its extension may be missing. */
function missingFile({ text, location }: esbuild.Message, projectRoot: string): string[] {
  const name = /^Could not resolve "(\.[^"]*)"/.exec(text)?.[1];
  return name === undefined || !location ? [] : [path.resolve(projectRoot, path.dirname(location.file), name)];
}
