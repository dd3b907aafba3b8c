import * as fs from 'fs';
import * as path from 'path';

export interface FileToWrite {
  /** Relative, with `/`. */
  readonly path: string;
  readonly contents: Uint8Array;
}

/**
 * Lambda runs code as another user, who must be able to read it. Modes are set apart from writing, since the process's umask takes bits away there.
 * The hash of an asset does not cover them, so an asset that cannot be read would stay.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-deployment.html
 */
const FILE_MODE = 0o644;
const DIRECTORY_MODE = 0o755;

/** Writes files into an existing directory, readable by everyone. */
export function writeFiles(files: readonly FileToWrite[], directory: string): void {
  const folders = new Set(files.flatMap((file) => foldersOf(file.path)));
  for (const folder of folders) {
    fs.mkdirSync(path.join(directory, folder), { recursive: true });
    fs.chmodSync(path.join(directory, folder), DIRECTORY_MODE);
  }
  for (const file of files) {
    fs.writeFileSync(path.join(directory, file.path), file.contents);
    fs.chmodSync(path.join(directory, file.path), FILE_MODE);
  }
}

/** The directories on the way to a file, from the top. */
function foldersOf(file: string): string[] {
  return file.split('/').map((_, i, parts) => parts.slice(0, i).join('/'));
}
