import * as fs from 'fs';
import * as path from 'path';
import { findInstallers } from './install/install-wheels';
import { ReadLock } from './remembered-requirements';
import { LockedRequirement } from './requirements/requirement';
import { markUsed } from '../../../routers/cache/prune';
import { replaceFile } from '../../../routers/cache/replace-file';
import { sha256 } from '../../../routers/cache/sha256';

const VERSION = 1;

/** Next to the packages. It exists if the installation is complete. */
const COMPLETE = 'complete.json';

export interface HostInstall {
  readonly source: ReadLock;
  readonly requirements: readonly LockedRequirement[];
  readonly python: { readonly path: string; readonly version: string };
  readonly cache: string;
}

export interface HostPackages {
  readonly directory: string;
  /** The names of packages without a wheel for this machine. */
  readonly missing: readonly string[];
}

/**
 * Installs the same versions for a Python of this machine, so that synthesis can load the application. A package without a wheel for this machine is
 * left out. An earlier installation is used again.
 */
export function installForHost(job: HostInstall): HostPackages {
  const { requirements, python, cache } = job;
  const key = sha256(JSON.stringify([VERSION, requirements, python.version, process.platform, process.arch]));
  const place = path.join(cache, `host-${key}`);
  if (!fs.existsSync(path.join(place, COMPLETE))) install(job, place);
  markUsed(place);
  const { missing } = JSON.parse(fs.readFileSync(path.join(place, COMPLETE), 'utf8')) as Pick<HostPackages, 'missing'>;
  return { directory: path.join(place, 'packages'), missing };
}

function install(job: HostInstall, place: string): void {
  fs.mkdirSync(job.cache, { recursive: true });
  const scratch = fs.mkdtempSync(path.join(job.cache, 'installing-'));
  const own = path.join(scratch, 'own');
  try {
    fs.mkdirSync(own);
    const missing = installAvailable(job, own, scratch);
    replaceFile(path.join(own, COMPLETE), JSON.stringify({ missing }));
    publish(own, place);
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

/** Leaves one package out after the other until the rest can be installed, and all if the installer does not say which. */
function installAvailable({ source, requirements, python }: HostInstall, own: string, scratch: string): string[] {
  const [installer] = findInstallers([python.path]);
  const into = path.join(own, 'packages');
  let rest = requirements;
  for (;;) {
    fs.rmSync(into, { recursive: true, force: true });
    fs.mkdirSync(into);
    const failure = rest.length === 0 ? undefined : installer.install({
      requirements: rest, indexes: source.indexes(), into, scratch, project: source.lock.projectDirectory, python: python.path,
    });
    if (failure === undefined) break;
    rest = failure.withoutWheel === undefined ? [] : rest.filter(({ name }) => name !== failure.withoutWheel);
  }
  return requirements.filter((one) => !rest.includes(one)).map(({ name }) => name);
}

/** Another synthesis may have finished the same installation first. */
function publish(own: string, place: string): void {
  try {
    fs.renameSync(own, place);
  } catch (error) {
    if (!fs.existsSync(path.join(place, COMPLETE))) throw error;
  }
}
