import * as fs from 'fs';
import * as path from 'path';
import { InstalledPackage } from './installed-package';
import { TreePackage } from './read-tree';
import { replaceFile } from './replace-file';
import { sha256 } from './sha256';

/** A file next to `node_modules`. It lists what an installation contains, so that an unchanged installation is not read again. */
const RECORD_FILE = 'installation.json';

interface RecordedFile {
  /** Relative to the installation. */
  readonly path: string;
  readonly bytes: number;
  readonly executable?: boolean;
  readonly digest: string;
  /** Differs if the file was changed after it was recorded. */
  readonly stamp: string;
}

interface RecordedPackage extends Pick<InstalledPackage, 'location' | 'imports'> {
  readonly files: readonly RecordedFile[];
}

/** Records which parts of an installation a function gets. */
export function recordInstallation(directory: string, packages: readonly TreePackage[]): void {
  write(directory, packages.map(({ location, files, requires, prefers }) => ({
    location,
    files: files.map(({ path: file, contents, executable }) => ({
      path: file, bytes: contents.length, ...executable && { executable }, digest: sha256(contents), stamp: stampOf(path.join(directory, file)),
    })),
    imports: [...requires, ...prefers].sort(),
  })));
}

/** Returns what was recorded. Undefined if there is no complete installation, or if the contents of one of its files have changed since. */
export function readInstallation(directory: string): InstalledPackage[] | undefined {
  const recorded = read(directory);
  if (recorded === undefined) return undefined;
  const files = recorded.flatMap((one) => one.files);
  const stamps = new Map(files.map((file) => [file.path, stampOf(path.join(directory, file.path))]));
  const outdated = files.filter((file) => stamps.get(file.path) !== file.stamp);
  if (!outdated.every((file) => hasItsContents(directory, file))) return undefined;
  const restamped = (file: RecordedFile) => ({ ...file, stamp: stamps.get(file.path)! });
  if (outdated.length > 0) write(directory, recorded.map((one) => ({ ...one, files: one.files.map(restamped) })));
  return recorded.map((one) => ({ ...one, files: one.files.map(({ stamp, ...file }) => ({ ...file, source: path.join(directory, file.path) })) }));
}

/** A copy of an installation has other timestamps, and so does a file that pnpm links into another project. The contents decide. */
function hasItsContents(directory: string, { path: file, digest }: RecordedFile): boolean {
  const absolute = path.join(directory, file);
  return fs.existsSync(absolute) && sha256(fs.readFileSync(absolute)) === digest;
}

/** Programs can set the modification time of a file (`mtime`), but not the time of its last status change (`ctime`). */
function stampOf(file: string): string {
  const { size, mtimeMs, ctimeMs } = fs.statSync(file, { throwIfNoEntry: false }) ?? {};
  return `${size} ${mtimeMs} ${ctimeMs}`;
}

function read(directory: string): RecordedPackage[] | undefined {
  const file = path.join(directory, RECORD_FILE);
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) as RecordedPackage[] : undefined;
}

function write(directory: string, packages: readonly RecordedPackage[]): void {
  replaceFile(path.join(directory, RECORD_FILE), JSON.stringify(packages));
}
