import * as fs from 'fs';
import * as path from 'path';
import { InstalledDistribution } from './dist-info';
import { LazyApiError } from '../../../../private/errors';
import { describePlatform, isBinaryName, platformOf, runsInLambda } from '../../../../routers/binaries/binary-platform';
import { acceptsTag, cpuOf, describeTarget, LambdaTarget } from '../target';

/** `_pydantic_core.cpython-313-aarch64-linux-gnu.so` */
const EXTENSION = /\.(cpython-\d+\w*|pypy\d+\w*|graalpy\w*)-.*\.so$/;

/** How many files an error names. */
const SHOWN = 5;

/**
 * Throws an error if a package has native code that the function cannot load: for another processor or C library, or for another version of Python.
 */
export function checkBinaries(root: string, distribution: InstalledDistribution, files: readonly string[], target: LambdaTarget): void {
  checkTags(distribution, target);
  const problems = files.filter(isBinaryName).flatMap((file) => problemOf(root, file, target) ?? []);
  if (problems.length === 0) return;
  const more = problems.length > SHOWN ? ` and ${problems.length - SHOWN} more` : '';
  throw foreign(distribution, target, `${problems.slice(0, SHOWN).join(', ')}${more}`);
}

/** An installer that has another wheel in its cache, or an index that gives another one, would show here. */
function checkTags(distribution: InstalledDistribution, target: LambdaTarget): void {
  const { tags } = distribution;
  if (tags.length > 0 && !tags.some((tag) => acceptsTag(tag, target))) throw foreign(distribution, target, `a wheel for ${tags.join(', ')}`);
}

function problemOf(root: string, file: string, target: LambdaTarget): string | undefined {
  const platform = platformOf(fs.readFileSync(path.join(root, file)));
  if (platform !== undefined && !runsInLambda(platform, cpuOf(target))) return `${file} for ${describePlatform(platform)}`;
  const [, python] = EXTENSION.exec(file) ?? [];
  return python === undefined || python === `cpython-${target.pythonVersion.replace('.', '')}` ? undefined : `${file} for ${python}`;
}

function foreign({ name, version }: InstalledDistribution, target: LambdaTarget, got: string): LazyApiError {
  return new LazyApiError(
    'BINARY_FOREIGN',
    `"${name}" ${version} must have native code for ${describeTarget(target)}, as the function is, got ${got}; `
    + 'use a version that has it, or another architecture or runtime',
  );
}
