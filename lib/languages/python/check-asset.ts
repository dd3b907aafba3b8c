import { nativeProblem } from './dependencies/native-problem';
import { PythonDependencies } from './dependencies/python-dependencies';
import { describeTarget, LambdaTarget, lambdaTarget } from './dependencies/target';
import { INDEX_FILE, MAIN_FILE, RUNTIME_DIRECTORY } from './entry-source';
import { MANIFEST_FILE } from '../../contract/manifest';
import { LazyApiError } from '../../private/errors';
import { CodeFile } from '../../routers/built-code';

/** What is written next to the application. */
const RESERVED = [INDEX_FILE, MAIN_FILE, MANIFEST_FILE, `${RUNTIME_DIRECTORY}.py`];

/** Throws an error if a file of the application has the place of another one, or cannot run in Lambda. */
export function checkEntryFiles(files: readonly CodeFile[], dependencies: PythonDependencies, target: Target): void {
  const owners = new Map(dependencies.distributions.flatMap(({ name, files: own }) => own.map((file) => [file, name] as const)));
  const lambda = lambdaTarget(target.pythonVersion, target.architecture);
  for (const { path, contents } of files) {
    const owner = RESERVED.includes(path) || path.startsWith(`${RUNTIME_DIRECTORY}/`) ? 'cdk-lazy-api' : owners.get(path);
    if (owner !== undefined) throw taken(path, owner);
    const problem = nativeProblem(path, () => contents, lambda);
    if (problem !== undefined) throw foreign(problem, lambda);
  }
}

interface Target {
  /** `3.13` */
  readonly pythonVersion: string;
  readonly architecture: 'arm64' | 'x86_64';
}

function foreign(problem: string, target: LambdaTarget): LazyApiError {
  return new LazyApiError(
    'BINARY_FOREIGN',
    `entry must contain only native code for ${describeTarget(target)}, as the function is, got ${problem}; `
    + 'install its package from the lock file instead of copying it, or leave the file out with exclude',
  );
}

function taken(path: string, owner: string): LazyApiError {
  return new LazyApiError(
    'ENTRY_NAME', `entry must not contain "${path}", which belongs to ${owner} in the asset; rename it, or leave it out with exclude`,
  );
}
