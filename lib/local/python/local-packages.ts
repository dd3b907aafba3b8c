import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { PythonDependencies } from '../../languages/python/dependencies/python-dependencies';
import type { Interpreter } from '../../languages/python/interpreter/find-python';

/** Next to packages that are compiled. */
const COMPILED = 'compiled';

/** The directory with the packages of the lock file for this machine. Undefined if there are none. */
export function hostPackages({ hostDirectory }: PythonDependencies, python: Interpreter): string | undefined {
  if (hostDirectory !== undefined) compileOnce(hostDirectory, python);
  return hostDirectory;
}

/** The directory with the packages of the lock file for Lambda. Undefined if there are none. */
export function lambdaPackages({ files: [file] }: PythonDependencies): string | undefined {
  return file?.source.slice(0, -path.sep.length - file.path.length);
}

/** Each environment would compile what it imports, because functions write no bytecode. Modules that do not compile are left out. */
function compileOnce(directory: string, { path: python, fullVersion }: Interpreter): void {
  const done = path.join(path.dirname(directory), `${COMPILED}-${fullVersion}`);
  if (fs.existsSync(done)) return;
  spawnSync(python, ['-I', '-S', '-m', 'compileall', '-q', '-j', '0', '--invalidation-mode', 'unchecked-hash', directory], { stdio: 'ignore' });
  fs.writeFileSync(done, '');
}
