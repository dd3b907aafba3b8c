import * as fs from 'fs';
import * as path from 'path';
import { NPM } from './npm/npm';
import { LockFile, modulesError, PackageManager } from './package-manager';
import { PNPM } from './pnpm/pnpm';
import { YARN } from './yarn/yarn';
import { upward } from '../../../routers/project-root';

const MANAGERS: readonly PackageManager[] = [NPM, PNPM, YARN];
const BUN = ['bun.lock', 'bun.lockb'];

/** A lock file, and the package manager that wrote it. */
export interface FoundLockFile extends LockFile {
  readonly manager: PackageManager;
}

/** Reads the nearest lock file in a directory or above it. Throws an error if there is none, or none of a supported package manager. */
export function findLockFile(start: string): FoundLockFile {
  const names = [...MANAGERS.flatMap(({ lockFiles }) => lockFiles), ...BUN];
  const file = upward(start).flatMap((directory) => names.map((name) => path.join(directory, name))).find((candidate) => fs.existsSync(candidate));
  if (file === undefined) throw lockError(`none from ${start} upward; run npm install`);
  const name = path.basename(file);
  const manager = MANAGERS.find(({ lockFiles }) => lockFiles.includes(name));
  if (manager === undefined) {
    throw lockError(
      `${file}; create one for npm with npm install --package-lock-only, or add the packages in a layer and list them in bundling.externalModules`,
    );
  }
  return { directory: path.dirname(file), name, text: fs.readFileSync(file, 'utf8'), manager };
}

function lockError(got: string) {
  return modulesError(`the project must have a lock file of npm, pnpm or Yarn, got ${got}`);
}
