import * as fs from 'fs';
import * as path from 'path';
import { replaceFile } from './replace-file';
import { sha256 } from './sha256';
import { InstalledFile } from '../built-code';

/** Next to what is installed. It lists what an installation contains, so that an unchanged one is not read again. */
const RECORD_FILE = 'installation.json';

/** Something in an installation that has files. */
export interface Installed {
  readonly files: readonly InstalledFile[];
}

/** The same before it is recorded. */
export type ToRecord<T extends Installed> = Omit<T, 'files'> & { readonly files: ReadonlyArray<Pick<InstalledFile, 'path' | 'executable'>> };

interface RecordedFile {
  /** Relative to the installation. */
  readonly path: string;
  readonly bytes: number;
  readonly executable?: boolean;
  readonly digest: string;
  /** Differs if the file was changed since. */
  readonly stamp: string;
}

type Recorded<T extends Installed> = Omit<T, 'files'> & { readonly files: readonly RecordedFile[] };

/** Records what a function gets of an installation. */
export function recordInstallation<T extends Installed>(directory: string, parts: ReadonlyArray<ToRecord<T>>): void {
  write(directory, parts.map((part) => ({
    ...part,
    files: part.files.map(({ path: file, executable }) => {
      const contents = fs.readFileSync(path.join(directory, file));
      const stamp = stampOf(path.join(directory, file));
      return { path: file, bytes: contents.length, ...executable && { executable }, digest: sha256(contents), stamp };
    }),
  })));
}

/** Returns what was recorded. Undefined if there is no complete installation, or if one of its files has other contents since. */
export function readInstallation<T extends Installed>(directory: string): T[] | undefined {
  const recorded = read<T>(directory);
  if (recorded === undefined) return undefined;
  const checks = recorded.map(({ files }) => files.map((file) => checkFile(directory, file)));
  if (checks.some((files) => files.includes(undefined))) return undefined;
  const checked = checks as ReadonlyArray<ReadonlyArray<Checked>>;
  if (checked.some((files) => files.some(({ isOutdated }) => isOutdated))) {
    write(directory, recorded.map((one, i) => ({ ...one, files: one.files.map((file, k) => ({ ...file, stamp: checked[i][k].stamp })) })));
  }
  return recorded.map((one, i) => ({ ...one, files: checked[i].map(({ file }) => file) }) as unknown as T);
}

/** A file that has the recorded contents. */
interface Checked {
  readonly file: InstalledFile;
  readonly stamp: string;
  /** Whether the stamp differs from the recorded one. */
  readonly isOutdated: boolean;
}

/** Undefined if the file has other contents. An installation has thousands of files, so this is the one place that looks at each of them. */
function checkFile(directory: string, { stamp: recorded, ...file }: RecordedFile): Checked | undefined {
  const source = directory + path.sep + file.path;
  const stamp = stampOf(source);
  const isOutdated = stamp !== recorded;
  return isOutdated && !hasItsContents(source, file.digest) ? undefined : { file: { ...file, source }, stamp, isOutdated };
}

/**
 * Gives a complete installation its final place. One that is damaged there goes. Another synthesis may have finished the same one first.
 */
export function publishInstallation(scratch: string, directory: string): void {
  if (readInstallation(directory) !== undefined) return;
  fs.rmSync(directory, { recursive: true, force: true });
  try {
    fs.renameSync(scratch, directory);
  } catch (error) {
    if (readInstallation(directory) === undefined) throw error;
  }
}

/** A copy of an installation has other times, and so has a file that pnpm links into another project. Contents decide. */
function hasItsContents(file: string, digest: string): boolean {
  return fs.existsSync(file) && sha256(fs.readFileSync(file)) === digest;
}

/** Programs can set the time of the last change of the contents, but not the time of the last change of anything. */
function stampOf(file: string): string {
  const { size, mtimeMs, ctimeMs } = fs.statSync(file, { throwIfNoEntry: false }) ?? {};
  return `${size} ${mtimeMs} ${ctimeMs}`;
}

function read<T extends Installed>(directory: string): Array<Recorded<T>> | undefined {
  const file = path.join(directory, RECORD_FILE);
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) as Array<Recorded<T>> : undefined;
}

function write(directory: string, parts: ReadonlyArray<Omit<Installed, 'files'> & { readonly files: readonly RecordedFile[] }>): void {
  replaceFile(path.join(directory, RECORD_FILE), JSON.stringify(parts));
}
