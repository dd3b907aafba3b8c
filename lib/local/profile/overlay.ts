import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { FileToWrite, writeFiles } from '../../private/write-files';

/** A directory that exists until it is closed. */
export interface TemporaryDirectory {
  readonly directory: string;
  close(): void;
}

/** A directory with these files. */
export function temporaryDirectory(files: readonly FileToWrite[]): TemporaryDirectory {
  const directory = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-lazy-api-')));
  writeFiles(files, directory);
  return { directory, close: () => fs.rmSync(directory, { recursive: true, force: true }) };
}

/** A directory with the files of another one, some of which are replaced. Folders without replaced files are links, because packages are large. */
export function overlay(base: string, files: readonly FileToWrite[]): TemporaryDirectory {
  const { directory, close } = temporaryDirectory([]);
  const changed = new Set(files.map((file) => file.path.split('/')[0]));
  for (const entry of fs.readdirSync(base, { withFileTypes: true })) {
    const [from, to] = [path.join(base, entry.name), path.join(directory, entry.name)];
    if (fs.statSync(from).isDirectory() && !changed.has(entry.name)) fs.symlinkSync(from, to, 'junction');
    else fs.cpSync(from, to, { recursive: true, dereference: true });
  }
  writeFiles(files, directory);
  return { directory, close };
}
