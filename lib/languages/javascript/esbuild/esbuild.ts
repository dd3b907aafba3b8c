import { BuildJob, BuildResult, Bundler, IncrementalBundler } from '../bundler';
import { checkBanner } from './check-banner';
import { withOurErrors } from './esbuild-errors';
import { esbuildOptions } from './esbuild-options';
import { Esbuild, withEsbuild } from './find-esbuild';
import { IncrementalEsbuild } from './incremental-esbuild';
import { metadataBuildOf } from './metadata-build-of';
import { runtimeSources } from './runtime-sources';
import { EsbuildResult, toBuildResult } from './to-build-result';
import { buildWithMetadata } from '../decorators/build-with-metadata';

export class EsbuildBundler implements Bundler {
  public build(job: BuildJob): BuildResult {
    return withEsbuild(job.lookupDirectory, (engine) => buildWith(engine, job));
  }

  public incremental(): IncrementalBundler {
    return new IncrementalEsbuild();
  }
}

function buildWith(engine: Esbuild, job: BuildJob): BuildResult {
  checkBanner(engine, job.options.banner);
  return toBuildResult(engine, job.projectRoot, run(engine, job));
}

/** Builds once. If esbuild finds decorators that expect type metadata, it builds again, and the project's TypeScript compiles them first. */
function run(engine: Esbuild, job: BuildJob): EsbuildResult {
  const options = esbuildOptions(job, runtimeSources());
  const result = withOurErrors(engine, () => engine.buildSync(options));
  const again = metadataBuildOf(engine, job, { options, result });
  return again === undefined ? result : withOurErrors(engine, () => buildWithMetadata(again));
}
