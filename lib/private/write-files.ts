import * as fs from 'fs';
import * as path from 'path';

/** Either its contents, or the file that it is a copy of. */
export type FileToWrite = TargetFile & ({ readonly contents: Uint8Array } | { readonly source: string });

interface TargetFile {
  /** Relative, with `/`. */
  readonly path: string;
  /** Whether it is a program that processes may start. */
  readonly executable?: boolean;
}

/**
 * Lambda runs code as another user, who must be able to read it. The umask of the process removes bits from the mode of a new file, so the mode
 * is set after the file is written. The hash of an asset does not cover modes, so an unreadable asset would never be uploaded again.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-deployment.html
 */
const FILE_MODE = 0o644;
const PROGRAM_MODE = 0o755;
const DIRECTORY_MODE = 0o755;

/** Writes files that everyone can read into an existing directory. */
export function writeFiles(files: readonly FileToWrite[], directory: string): void {
  const folders = new Set(files.flatMap((file) => foldersOf(file.path)));
  for (const folder of folders) {
    fs.mkdirSync(path.join(directory, folder), { recursive: true });
    fs.chmodSync(path.join(directory, folder), DIRECTORY_MODE);
  }
  for (const file of files) {
    // Some file systems copy without reading: APFS, Btrfs, XFS.
    if ('source' in file) fs.copyFileSync(file.source, path.join(directory, file.path), fs.constants.COPYFILE_FICLONE);
    else fs.writeFileSync(path.join(directory, file.path), file.contents);
    fs.chmodSync(path.join(directory, file.path), file.executable ? PROGRAM_MODE : FILE_MODE);
  }
}

/** The directories above a file, from the top. */
function foldersOf(file: string): string[] {
  return file.split('/').map((_, i, parts) => parts.slice(0, i).join('/'));
}
