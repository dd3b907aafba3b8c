import * as fs from 'fs';
import * as path from 'path';
import { checkBinaries } from './check-binaries';
import { ownersOf } from './claims';
import { dependencyGraph, orphansOf } from './dependency-graph';
import { InstalledDistribution, readDistributions } from './dist-info';
import { keptFiles } from './kept-files';
import { InstalledFile } from '../../../../routers/built-code';
import { ToRecord } from '../../../../routers/cache/installation';
import { bytecodePath, compileModules } from '../../bytecode/compile-modules';
import { Interpreter } from '../../interpreter/find-python';
import { lockError } from '../errors';
import { LockedRequirement } from '../requirements/requirement';
import { environmentOf, LambdaTarget } from '../target';

/** A distribution with its files on the disk. */
export interface RecordedDistribution {
  readonly name: string;
  readonly version: string;
  /** The names of the distributions that it needs. */
  readonly requires: readonly string[];
  readonly files: readonly InstalledFile[];
}

export interface TidyOptions {
  readonly requirements: readonly LockedRequirement[];
  readonly target: LambdaTarget;
  /** The Python that compiles. Undefined for an installation without bytecode. */
  readonly python?: Interpreter;
  /** A directory for other files. */
  readonly scratch: string;
}

/**
 * Returns what the function gets of an installation: without what it does not need and what depends on this machine, checked, and compiled.
 * The result does not depend on the installer.
 */
export function tidyInstallation(root: string, { requirements, target, python, scratch }: TidyOptions): Array<ToRecord<RecordedDistribution>> {
  const all = readDistributions(root);
  checkVersions(all, requirements);
  const graph = dependencyGraph(all, environmentOf(target));
  const orphans = new Set(orphansOf(requirements, graph));
  const used = all.filter(({ name }) => !orphans.has(name));
  const owners = [...ownersOf(root, new Map(used.map((one) => [one, keptFiles(root, one)])))];
  const kept = used.map((one) => ({ one, files: owners.filter(([, owner]) => owner === one).map(([file]) => file).sort() }));
  for (const { one, files } of kept) {
    checkBinaries(root, one, files, target);
    writeRecord(root, one, files);
  }
  removeOthers(root, new Set(kept.flatMap(({ one, files }) => [...files, `${one.directory}/RECORD`])));
  const bytecode = python === undefined ? new Map<string, string>() : compile(root, kept.flatMap(({ files }) => files), python, scratch);
  return kept.map(({ one: { name, version, directory }, files }) => {
    const own = [...files, `${directory}/RECORD`, ...files.flatMap((file) => bytecode.get(file) ?? [])].sort();
    const recorded = own.map((file) => ({ path: file, ...isProgram(root, file) && { executable: true } }));
    return { name, version, requires: graph.get(name)!, files: recorded };
  });
}

/** What the function does not get takes no space in the cache, and nothing loads it by mistake. */
function removeOthers(root: string, kept: ReadonlySet<string>, folder = ''): void {
  for (const entry of fs.readdirSync(path.join(root, folder), { withFileTypes: true })) {
    const file = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) removeOthers(root, kept, file);
    else if (!kept.has(file)) fs.rmSync(path.join(root, file));
  }
  if (folder !== '' && fs.readdirSync(path.join(root, folder)).length === 0) fs.rmdirSync(path.join(root, folder));
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

/** Returns the bytecode of each module that has some. Packages may contain templates, or modules for other versions. */
function compile(root: string, files: readonly string[], python: Interpreter, scratch: string): Map<string, string> {
  const modules = files.filter((file) => file.endsWith('.py'));
  const problems = compileModules({ python, mode: 'unchecked', root, into: root, files: modules, scratch });
  const failed = new Set(problems.map((problem) => problem.path));
  return new Map(modules.filter((file) => !failed.has(file)).map((file) => [file, bytecodePath(file, python)]));
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
