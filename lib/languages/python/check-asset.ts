import { PythonDependencies } from './dependencies/python-dependencies';
import { INDEX_FILE, MAIN_FILE, RUNTIME_DIRECTORY } from './entry-source';
import { MANIFEST_FILE } from '../../contract/manifest';
import { LazyApiError } from '../../private/errors';
import { CodeFile } from '../../routers/built-code';

/** What is written next to the application. */
const RESERVED = [INDEX_FILE, MAIN_FILE, MANIFEST_FILE, `${RUNTIME_DIRECTORY}.py`];

/** Throws an error if a file of the application has the place of another one, or cannot run in Lambda. */
export function checkEntryFiles(files: readonly CodeFile[], dependencies: PythonDependencies, target: Target): void {
  const owners = new Map(dependencies.distributions.flatMap(({ name, files: own }) => own.map((file) => [file, name] as const)));
  for (const { path } of files) {
    const owner = RESERVED.includes(path) || path.startsWith(`${RUNTIME_DIRECTORY}/`) ? 'cdk-lazy-api' : owners.get(path);
    if (owner !== undefined) throw taken(path, owner);
    checkExtensionModule(path, target);
  }
}

interface Target {
  /** `3.13` */
  readonly pythonVersion: string;
  readonly architecture: 'arm64' | 'x86_64';
}

/** https://peps.python.org/pep-3149/ and https://peps.python.org/pep-0720/ */
const TAGGED = /\.(?:cpython-(\d+)\w*-(\w+?)-(\S+)|(cp\d+-\S+))\.(?:so|pyd)$/;

function checkExtensionModule(path: string, { pythonVersion, architecture }: Target): void {
  const [tag, version, machine, system] = TAGGED.exec(path) ?? [];
  if (tag === undefined) return;
  const expected = { version: pythonVersion.replace('.', ''), machine: architecture === 'arm64' ? 'aarch64' : 'x86_64', system: 'linux-gnu' };
  if (version === expected.version && machine === expected.machine && system === expected.system) return;
  throw new LazyApiError(
    'BINARY_FOREIGN',
    `entry must contain only extension modules for Python ${pythonVersion} on ${architecture}, got ${path}; `
    + 'install its package from the lock file instead of copying it, or leave the file out with exclude',
  );
}

function taken(path: string, owner: string): LazyApiError {
  return new LazyApiError(
    'ENTRY_NAME', `entry must not contain "${path}", which belongs to ${owner} in the asset; rename it, or leave it out with exclude`,
  );
}
