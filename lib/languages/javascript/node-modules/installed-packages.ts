import * as fs from 'fs';
import * as path from 'path';
import { FoundLockFile, findLockFile } from './find-lock-file';
import { InstalledPackage } from './installed-package';
import { InstallableProject, modulesError } from './package-manager';
import { readTree, TreePackage } from './read-tree';
import { rememberedProject } from './remembered-project';
import { runPackageManager } from './run-package-manager';
import { usablePackages } from './usable-packages';
import { LambdaCpu } from '../../../routers/binaries/binary-platform';
import { publishInstallation, readInstallation, recordInstallation } from '../../../routers/cache/installation';
import { sha256 } from '../../../routers/cache/sha256';
import { findPackage } from '../find-package';

/** Raise it when installations are made or recorded in another way. */
const VERSION = 2;

/** What to install. */
interface Job {
  readonly names: readonly string[];
  readonly lock: FoundLockFile;
  readonly project: InstallableProject;
  readonly cpu: LambdaCpu;
}

/**
 * Installs packages of the project, and what they depend on, for a function of this architecture. Versions are those of the lock file. An earlier
 * installation of an equal project is reused.
 */
export function installedPackages(names: readonly string[], lookupDirectory: string, cpu: LambdaCpu): InstalledPackage[] {
  if (names.length === 0) return [];
  const lock = findLockFile(lookupDirectory);
  const from = path.relative(lock.directory, lookupDirectory).split(path.sep).join('/');
  const cache = path.join(lock.directory, 'node_modules', '.cache', 'cdk-lazy-api');
  const inputs = [VERSION, lock.directory, lock.name, lock.text, names, from, cpu];
  const project = rememberedProject(cache, inputs, () => lock.manager.toProject(lock, { names, from }, cpu));
  checkProjectHasThem(project, lock, lookupDirectory);
  const job = { names, lock, project, cpu };
  const directory = path.join(cache, keyOf(job));
  return readInstallation<InstalledPackage>(directory) ?? install(job, cache, directory);
}

function keyOf({ lock: { manager }, project: { files }, cpu }: Job): string {
  return sha256(JSON.stringify([VERSION, manager.command, cpu, files]));
}

/** Verification loads the packages of the project itself, so their versions must be those of the lock file. */
function checkProjectHasThem({ versions }: InstallableProject, { manager }: FoundLockFile, lookupDirectory: string): void {
  for (const [name, locked] of versions) {
    const found = findPackage(name, lookupDirectory);
    const file = found && path.join(found, 'package.json');
    if (file === undefined || !fs.existsSync(file)) continue;
    const { version = locked } = JSON.parse(fs.readFileSync(file, 'utf8')) as { readonly version?: string };
    if (version === locked) continue;
    throw modulesError(`"${name}" must be installed as locked, ${locked}, got ${version} in ${file}; run ${manager.installCommand}`);
  }
}

function install({ names, lock, project, cpu }: Job, cache: string, directory: string): InstalledPackage[] {
  fs.mkdirSync(cache, { recursive: true });
  const scratch = fs.mkdtempSync(path.join(cache, 'installing-'));
  try {
    for (const [name, text] of Object.entries(project.files)) fs.writeFileSync(path.join(scratch, name), text);
    copySettings(lock.directory, scratch);
    runPackageManager(lock.manager, scratch, project, cpu);
    fs.rmSync(path.join(scratch, '.npmrc'), { force: true });
    recordPackages(scratch, usablePackages(readTree(scratch), names, cpu));
    publishInstallation(scratch, directory);
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
  return readInstallation<InstalledPackage>(directory)!;
}

/** The project's own .npmrc names its registries. npm and pnpm read the one next to package.json. Yarn reads those of all directories above. */
function copySettings(projectDirectory: string, scratch: string): void {
  const settings = path.join(projectDirectory, '.npmrc');
  if (fs.existsSync(settings)) fs.copyFileSync(settings, path.join(scratch, '.npmrc'));
}

/** Records what the function gets of each package. */
function recordPackages(directory: string, packages: readonly TreePackage[]): void {
  recordInstallation<InstalledPackage>(directory, packages.map(({ location, files, requires, prefers }) => ({
    location,
    imports: [...requires, ...prefers].sort(),
    files,
  })));
}
