import { LazyApiError } from '../../private/errors';
import { BuiltCode } from '../built-code';
import { contentsOf } from '../contents';

/** The quota for unzipped code, including layers: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MAX_MEGABYTES = 250;

/** How many of the largest packages and files the error names. */
const MAX_CONTENTS = 5;

/** Throws an error that names the largest contents if the code is larger than Lambda accepts. */
export function checkAssetSize(built: Pick<BuiltCode, 'files' | 'installedFiles' | 'chunks' | 'originOf'>): void {
  const { files, installedFiles, chunks } = built;
  const total = sumOf([...files.map(({ contents }) => ({ bytes: contents.length })), ...installedFiles]);
  if (total <= MAX_MEGABYTES * 1024 * 1024) return;
  const code = new Set(chunks.map(({ file }) => file));
  const others = files.filter(({ path }) => !code.has(path)).map(({ path, contents }) => ({ name: path, bytes: contents.length }));
  throw tooLarge(total, [...contentsOf(chunks, built), ...others], 'import less code, or keep large files in Amazon S3');
}

/** Something in an asset. */
export interface NamedSize {
  readonly name: string;
  readonly bytes: number;
}

/** The same for contents of which nothing but the sizes is known. */
export function checkTotalSize(contents: readonly NamedSize[], advice: string): void {
  const total = sumOf(contents);
  if (total > MAX_MEGABYTES * 1024 * 1024) throw tooLarge(total, contents, advice);
}

function tooLarge(total: number, contents: readonly NamedSize[], advice: string): LazyApiError {
  const largest = [...contents].sort((a, b) => b.bytes - a.bytes).slice(0, MAX_CONTENTS);
  return new LazyApiError('CODE_TOO_LARGE', [
    `the code must be at most ${MAX_MEGABYTES} MB unzipped, including layers, got ${megabytes(total)}; ${advice}\n`,
    ...largest.map(({ name, bytes }) => `  ${megabytes(bytes).padStart(10)}  ${name}`),
  ].join('\n'));
}

function sumOf(contents: ReadonlyArray<{ readonly bytes: number }>): number {
  return contents.reduce((sum, { bytes }) => sum + bytes, 0);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
