import { spawn, spawnSync } from 'child_process';
import * as path from 'path';
import { text } from 'stream/consumers';
import { DECORATOR, MetadataFile } from './decorator-metadata';
import { InternalError } from '../../../private/errors';

/** What the process reads. */
export interface MetadataBuild {
  /** The module paths of esbuild and TypeScript. */
  readonly esbuild: string;
  readonly typescript: string;
  /** The options of esbuild, in JSON. */
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
  /** The error that esbuild threw. */
  readonly failure?: { readonly message: string };
  readonly outputFiles: ReadonlyArray<{ readonly path: string; readonly contents: string }>;
  readonly metafile: T;
  readonly warnings: [];
}

const SCRIPT = path.join(__dirname, 'build-with-metadata.mjs');

/**
 * What esbuild returns.
 *
 * @typeparam T the type of esbuild's metafile
 */
export interface MetadataResult<T> {
  readonly outputFiles: readonly Output[];
  readonly metafile: T;
  readonly warnings: readonly [];
}

/**
 * Builds in a separate process, because a plugin compiles the files with decorators, and esbuild has plugins only in its asynchronous API. Throws
 * what esbuild throws.
 */
export function buildWithMetadata<T>(build: MetadataBuild): MetadataResult<T> {
  const { stdout, stderr, error } = spawnSync(process.execPath, [SCRIPT], {
    input: inputOf(build), encoding: 'utf8', maxBuffer: Infinity, windowsHide: true,
  });
  return toResult(stdout, error?.message ?? stderr);
}

/** The same, without blocking. */
export async function runWithMetadata<T>(build: MetadataBuild): Promise<MetadataResult<T>> {
  const child = spawn(process.execPath, [SCRIPT], { stdio: 'pipe', windowsHide: true }).on('error', () => {});
  child.stdin.on('error', () => {}).end(inputOf(build));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return toResult(stdout, stderr);
}

function inputOf(build: MetadataBuild): string {
  return JSON.stringify({ ...build, decorator: DECORATOR.source });
}

function toResult<T>(stdout: string, problem: string): MetadataResult<T> {
  if (!stdout) throw new InternalError(`the process that compiles decorators ended without a result: ${problem}`);
  const { failure, outputFiles, ...result } = JSON.parse(stdout) as Answer<T>;
  if (failure) throw Object.assign(new Error(failure.message), failure);
  return { ...result, outputFiles: outputFiles.map(toOutput) };
}

function toOutput(output: { readonly path: string; readonly contents: string }): Output {
  const contents = Buffer.from(output.contents, 'base64');
  return { path: output.path, contents, text: contents.toString() };
}
