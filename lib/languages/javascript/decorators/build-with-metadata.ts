import { spawnSync } from 'child_process';
import * as path from 'path';
import { DECORATOR, MetadataFile } from './decorator-metadata';
import { InternalError } from '../../../private/errors';

/** What the process reads. */
export interface MetadataBuild {
  /** The module paths of both. */
  readonly esbuild: string;
  readonly typescript: string;
  /** esbuild's, as JSON can say them. */
  readonly options: object;
  /** The tsconfig.json for all files. */
  readonly tsconfig?: string;
  readonly roots: readonly MetadataFile[];
}

interface Output {
  readonly path: string;
  readonly contents: Uint8Array;
  readonly text: string;
}

interface Answer<T> {
  /** What esbuild threw. */
  readonly failure?: { readonly message: string };
  readonly outputFiles: ReadonlyArray<{ readonly path: string; readonly contents: string }>;
  readonly metafile: T;
  readonly warnings: [];
}

const SCRIPT = path.join(__dirname, 'build-with-metadata.mjs');

/**
 * Builds in a process of its own, because a plugin compiles the files with decorators, and esbuild has plugins only in its asynchronous API. Throws
 * what esbuild throws.
 *
 * @typeparam T the type of esbuild's metafile
 */
export function buildWithMetadata<T>(build: MetadataBuild): { readonly outputFiles: Output[]; readonly metafile: T; readonly warnings: [] } {
  const input = JSON.stringify({ ...build, decorator: DECORATOR.source });
  const { stdout, stderr, error } = spawnSync(process.execPath, [SCRIPT], { input, encoding: 'utf8', maxBuffer: Infinity, windowsHide: true });
  if (error || stdout === '') throw new InternalError(`the process that compiles decorators ended without a result: ${error?.message ?? stderr}`);
  const { failure, outputFiles, ...result } = JSON.parse(stdout) as Answer<T>;
  if (failure) throw Object.assign(new Error(failure.message), failure);
  return { ...result, outputFiles: outputFiles.map(toOutput) };
}

function toOutput(output: { readonly path: string; readonly contents: string }): Output {
  const contents = Buffer.from(output.contents, 'base64');
  return { path: output.path, contents, text: contents.toString() };
}
