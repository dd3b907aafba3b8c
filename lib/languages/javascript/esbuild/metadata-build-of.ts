import { Esbuild } from './find-esbuild';
import { EsbuildResult } from './to-build-result';
import { BuildJob } from '../bundler';
import type { esbuildOptions } from './esbuild-options';
import type { MetadataBuild } from '../decorators/build-with-metadata';
import { findMetadataFiles, findTypeScript } from '../decorators/decorator-metadata';

interface FirstBuild {
  readonly options: ReturnType<typeof esbuildOptions>;
  readonly result: EsbuildResult;
}

/** The build that must follow if esbuild found decorators that expect type metadata. */
export function metadataBuildOf(engine: Esbuild, { projectRoot, options: { tsconfig } }: BuildJob, first: FirstBuild): MetadataBuild | undefined {
  const roots = findMetadataFiles(Object.keys(first.result.metafile.inputs), projectRoot, tsconfig);
  if (roots.length === 0) return undefined;
  const { options } = first;
  return { esbuild: engine.file, typescript: findTypeScript(roots[0], projectRoot), options, tsconfig: options.tsconfig, roots };
}
