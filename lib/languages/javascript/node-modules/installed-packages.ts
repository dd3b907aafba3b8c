import * as fs from 'fs';
import * as path from 'path';
import { install } from './install';
import { InstalledPackage } from './installed-package';
import { readLockFile } from './lock-file';
import { Closure, closureOf } from './locked-closure';
import { npmProject } from './npm-project';
import { usablePackages } from './usable-packages';
import { LazyApiError } from '../../../private/errors';
import { CodeFile } from '../../../routers/built-code';
import { LambdaCpu } from '../binaries/binary-platform';

/** Installs packages of the project, and what they depend on, for a function of this architecture. Versions are those of the lock file. */
export function installedPackages(names: readonly string[], lookupDirectory: string, cpu: LambdaCpu): InstalledPackage[] {
  if (names.length === 0) return [];
  const lock = readLockFile(lookupDirectory);
  const from = path.relative(lock.directory, lookupDirectory).split(path.sep).join('/');
  const closure = closureOf(lock, from, names);
  checkProjectHasThem(names, closure, lock.directory);
  const directory = install(npmProject(closure, names), cpu, lock.directory);
  return usablePackages(readPackages(directory, closure), closure, cpu);
}

/** Verification loads the packages of the project itself, so their versions must be those of the lock file. */
function checkProjectHasThem(names: readonly string[], closure: Closure, projectDirectory: string): void {
  for (const name of names) {
    const { source, locked } = closure.get(`node_modules/${name}`)!;
    const file = path.join(projectDirectory, source, 'package.json');
    const { version = locked.version } = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) as { readonly version?: string } : {};
    if (version === locked.version) continue;
    throw new LazyApiError(
      'NODE_MODULES', `bundling.nodeModules: "${name}" must be installed as locked, ${locked.version}, got ${version} in ${file}; run npm ci`,
    );
  }
}

/** The packages that npm installed. It leaves out optional ones for other platforms. */
function readPackages(directory: string, closure: Closure): InstalledPackage[] {
  const installed = [...closure].filter(([location]) => fs.existsSync(path.join(directory, location)));
  return installed.map(([location, { imports }]) => ({ location, files: readFiles(directory, location), imports }));
}

/** The files of a package, without those of the packages that are installed below it. */
function readFiles(directory: string, folder: string): CodeFile[] {
  return fs.readdirSync(path.join(directory, folder), { withFileTypes: true }).flatMap((entry): CodeFile[] => {
    const file = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : readFiles(directory, file);
    if (!entry.isFile()) return [];
    const source = path.join(directory, file);
    const executable = isExecutable(source);
    return [{ path: file, contents: fs.readFileSync(source), ...executable && { executable } }];
  });
}

function isExecutable(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return process.platform !== 'win32';
  } catch {
    return false;
  }
}
