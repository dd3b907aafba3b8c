import * as fs from 'fs';
import * as path from 'path';
import { lockError } from './errors';
import { findInstallers, installWheels } from './install/install-wheels';
import { checkBinaries } from './installed/check-binaries';
import { ownersOf } from './installed/claims';
import { dependencyGraph, orphansOf } from './installed/dependency-graph';
import { InstalledDistribution, readDistributions } from './installed/dist-info';
import { keptFiles } from './installed/kept-files';
import { Lock } from './lock/lock';
import { exportRequirements } from './remembered-requirements';
import { LockedRequirement, normalizeName } from './requirements/requirement';
import { environmentOf, LambdaTarget } from './target';
import { InstalledFile } from '../../../routers/built-code';
import { publishInstallation, readInstallation, recordInstallation } from '../../../routers/cache/installation';
import { sha256 } from '../../../routers/cache/sha256';
import { bytecodePath, compileModules } from '../bytecode/compile-modules';
import { Interpreter } from '../interpreter/find-python';

/** Changes when an installation is made or recorded in another way. */
const VERSION = 1;

/** What is installed for a function. */
export interface LambdaInstall {
  readonly lock: Lock;
  readonly requirements: readonly LockedRequirement[];
  readonly target: LambdaTarget;
  /** The Python that compiles. Undefined for an installation without bytecode. */
  readonly python?: Interpreter;
  /** Pythons of this machine, for pip. */
  readonly pythons: readonly string[];
  readonly cache: string;
}

/** A distribution with its files on the disk. */
export interface RecordedDistribution {
  readonly name: string;
  readonly version: string;
  readonly requires: readonly string[];
  readonly files: readonly InstalledFile[];
}

/** Equal keys give equal files. */
export function installationKey({ requirements, target, python }: Pick<LambdaInstall, 'requirements' | 'target' | 'python'>): string {
  return sha256(JSON.stringify([VERSION, requirements, target, python?.fullVersion ?? 'no bytecode']));
}

/** Installs packages for Lambda. An earlier installation of the same packages is used again. */
export function installForLambda(job: LambdaInstall): RecordedDistribution[] {
  const directory = path.join(job.cache, `lambda-${installationKey(job)}`);
  return readInstallation<RecordedDistribution>(directory) ?? install(job, directory);
}

function install(job: LambdaInstall, directory: string): RecordedDistribution[] {
  const { lock, requirements, target, cache } = job;
  fs.mkdirSync(cache, { recursive: true });
  const scratch = fs.mkdtempSync(path.join(cache, 'installing-'));
  const into = path.join(scratch, 'packages');
  try {
    fs.mkdirSync(into);
    const [installer] = findInstallers(job.pythons);
    const { indexes } = exportRequirements(lock);
    const lockedWheels = (requirement: LockedRequirement) => wheelsOf(lock, requirement);
    installWheels(installer, { requirements, indexes, into, scratch, project: lock.projectDirectory, target, python: job.pythons[0], lockedWheels });
    recordInstallation<RecordedDistribution>(into, tidy(job, into, scratch));
    publishInstallation(into, directory);
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

type Tidied = ReadonlyArray<Omit<RecordedDistribution, 'files'> & { readonly files: ReadonlyArray<Pick<InstalledFile, 'path' | 'executable'>> }>;

/** Removes what the function does not need or what depends on this machine, checks the rest, and compiles it. */
function tidy({ requirements, target, python }: LambdaInstall, root: string, scratch: string): Tidied {
  const all = readDistributions(root);
  checkVersions(all, requirements);
  const graph = dependencyGraph(all, environmentOf(target));
  const orphans = new Set(orphansOf(requirements, graph));
  const used = all.filter(({ name }) => !orphans.has(name));
  const owners = ownersOf(root, new Map(used.map((one) => [one, keptFiles(root, one)])));
  const filesOf = (one: InstalledDistribution) => [...owners].filter(([, owner]) => owner === one).map(([file]) => file).sort();
  const kept = used.map((one) => ({ one, files: filesOf(one) }));
  for (const { one, files } of kept) checkBinaries(root, one, files, target);
  for (const { one, files } of kept) writeRecord(root, one, files);
  const compiled = python === undefined ? new Set<string>() : compile(root, kept.flatMap(({ files }) => files), python, scratch);
  return kept.map(({ one, files }) => {
    const bytecode = python === undefined ? [] : files.filter((file) => compiled.has(file)).map((file) => bytecodePath(file, python));
    const own = [...files, `${one.directory}/RECORD`, ...bytecode].sort();
    return { name: one.name, version: one.version, requires: graph.get(one.name)!, files: own.map((file) => ({ path: file, ...isProgram(root, file) && { executable: true } })) };
  });
}

/** An installer that finds something else than what is locked would be a mistake that nothing else shows. */
function checkVersions(distributions: readonly InstalledDistribution[], requirements: readonly LockedRequirement[]): void {
  const versions = new Map(distributions.map(({ name, version }) => [name, version]));
  for (const { name, version, url } of requirements) {
    const got = versions.get(name);
    if (got !== undefined && (got === version || url !== undefined || sameVersion(got, version))) continue;
    throw lockError(`"${name}" must be installed as locked, ${version}, got ${got ?? 'none'}; lock the dependencies again`);
  }
}

/** `1.0` and `1.0.0`, `2.0-rc1` and `2.0rc1` are equal versions. */
function sameVersion(a: string, b: string): boolean {
  const plain = (version: string) => version.toLowerCase().replace(/[-_]/g, '').replace(/^v/, '').replace(/(\.0)+$/, '');
  return plain(a) === plain(b);
}

/** `importlib.metadata.files` reads it. Hashes are optional, and those of an installer cover scripts for this machine. */
function writeRecord(root: string, { directory }: InstalledDistribution, files: readonly string[]): void {
  const quoted = (file: string) => (/[",\n]/.test(file) ? `"${file.replace(/"/g, '""')}"` : file);
  const own = [...files, `${directory}/RECORD`].sort();
  fs.writeFileSync(path.join(root, directory, 'RECORD'), own.map((file) => `${quoted(file)},,\n`).join(''));
}

/** Returns the modules that have bytecode afterwards. Some packages have templates, or modules for other versions. */
function compile(root: string, files: readonly string[], python: Interpreter, scratch: string): Set<string> {
  const modules = files.filter((file) => file.endsWith('.py'));
  const problems = compileModules({ python, mode: 'unchecked', root, into: root, files: modules, scratch });
  const failed = new Set(problems.map((problem) => problem.path));
  return new Set(modules.filter((file) => !failed.has(file)));
}

/** By its contents, because the modes of files differ between installers and operating systems. */
function isProgram(root: string, file: string): boolean {
  if (/\.(py|pyc|so|so\.[\d.]+)$/.test(file)) return false;
  const descriptor = fs.openSync(path.join(root, file), 'r');
  const start = Buffer.alloc(4);
  fs.readSync(descriptor, start, 0, 4, 0);
  fs.closeSync(descriptor);
  return start.toString('latin1') === '\x7fELF' || start.toString('latin1', 0, 2) === '#!';
}
