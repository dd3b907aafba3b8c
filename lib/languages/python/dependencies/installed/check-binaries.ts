import * as fs from 'fs';
import * as path from 'path';
import { InstalledDistribution } from './dist-info';
import { LazyApiError } from '../../../../private/errors';
import { nativeProblem } from '../native-problem';
import { acceptsTag, describeTarget, LambdaTarget } from '../target';

/** How many files an error names. */
const SHOWN = 5;

/**
 * Throws an error if a package has native code that the function cannot load: for another processor or C library, or for another version of Python.
 */
export function checkBinaries(root: string, distribution: InstalledDistribution, files: readonly string[], target: LambdaTarget): void {
  checkTags(distribution, target);
  const problems = files.flatMap((file) => nativeProblem(file, () => fs.readFileSync(path.join(root, file)), target) ?? []);
  if (problems.length === 0) return;
  const more = problems.length > SHOWN ? ` and ${problems.length - SHOWN} more` : '';
  throw foreign(distribution, target, `${problems.slice(0, SHOWN).join(', ')}${more}`);
}

/** An installer that has another wheel in its cache, or an index that gives another one, would show here. */
function checkTags(distribution: InstalledDistribution, target: LambdaTarget): void {
  const { tags } = distribution;
  if (tags.length > 0 && !tags.some((tag) => acceptsTag(tag, target))) throw foreign(distribution, target, `a wheel for ${tags.join(', ')}`);
}

function foreign({ name, version }: InstalledDistribution, target: LambdaTarget, got: string): LazyApiError {
  return new LazyApiError(
    'BINARY_FOREIGN',
    `"${name}" ${version} must have native code for ${describeTarget(target)}, as the function is, got ${got}; `
    + 'use a version that has it, or another architecture or runtime',
  );
}
