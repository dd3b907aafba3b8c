import * as fs from 'fs';
import * as path from 'path';
import { findInstallers, installWheels } from './install/install-wheels';
import { RecordedDistribution, tidyInstallation } from './installed/tidy-installation';
import { Lock } from './lock/lock';
import { ReadLock } from './remembered-requirements';
import { LockedRequirement, normalizeName } from './requirements/requirement';
import { LambdaTarget } from './target';
import { publishInstallation, readInstallation, recordInstallation } from '../../../routers/cache/installation';
import { markUsed, removeUnused } from '../../../routers/cache/prune';
import { sha256 } from '../../../routers/cache/sha256';
import { Interpreter } from '../interpreter/find-python';

/** Changes when an installation is made or recorded in another way. */
const VERSION = 1;

/** What is installed for a function. */
export interface LambdaInstall {
  readonly source: ReadLock;
  /** Those that the function needs. */
  readonly requirements: readonly LockedRequirement[];
  readonly target: LambdaTarget;
  /** The Python that compiles. Undefined for an installation without bytecode. */
  readonly python?: Interpreter;
  /** Pythons of this machine, for pip. */
  readonly pythons: readonly string[];
  readonly cache: string;
}

/** Equal keys give equal files. */
export function installationKey({ requirements, target, python }: Pick<LambdaInstall, 'requirements' | 'target' | 'python'>): string {
  return sha256(JSON.stringify([VERSION, requirements, target, python?.fullVersion ?? 'no bytecode']));
}

/** Installs packages for Lambda. An earlier installation of the same packages is used again. */
export function installForLambda(job: LambdaInstall): RecordedDistribution[] {
  const directory = path.join(job.cache, `lambda-${installationKey(job)}`);
  const installed = readInstallation<RecordedDistribution>(directory) ?? install(job, directory);
  markUsed(directory);
  return installed;
}

function install(job: LambdaInstall, directory: string): RecordedDistribution[] {
  const { source: { lock, indexes }, requirements, target, cache } = job;
  fs.mkdirSync(cache, { recursive: true });
  const scratch = fs.mkdtempSync(path.join(cache, 'installing-'));
  const into = path.join(scratch, 'packages');
  try {
    fs.mkdirSync(into);
    const installers = findInstallers(job.pythons, target);
    const lockedWheels = (requirement: LockedRequirement) => wheelsOf(lock, requirement);
    const [python] = job.pythons;
    installWheels(installers, { requirements, indexes: indexes(), into, scratch, project: lock.projectDirectory, target, python, lockedWheels });
    recordInstallation<RecordedDistribution>(into, tidyInstallation(into, { ...job, scratch }));
    publishInstallation(into, directory);
    removeUnused(cache);
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
  return readInstallation<RecordedDistribution>(directory)!;
}

/** uv.lock names the files of each package. */
function wheelsOf({ text }: Lock, { name, version }: LockedRequirement): string[] | undefined {
  const files = [...text.matchAll(/"[^"\s]*?([^"/\s]+\.(?:whl|tar\.gz|zip))"/g)].map(([, file]) => decodeURIComponent(file));
  const own = files.filter((file) => {
    const [distribution, of] = file.split('-');
    return normalizeName(distribution) === name && of.replace(/\.(tar\.gz|zip)$/, '') === version || file.startsWith(`${name}-${version}.`);
  });
  return own.length === 0 ? undefined : [...new Set(own)].sort();
}
