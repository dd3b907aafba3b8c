import { createHash } from 'crypto';
import { CodeFile, InstalledFile } from '../built-code';

/** Equal files have equal digests on every machine. */
export function digestOf(files: readonly CodeFile[], installed: readonly InstalledFile[] = []): string {
  const hash = createHash('sha256');
  for (const { path, contents, executable } of files) {
    hash.update(`${path}\0${contents.length}${executable ? 'x' : ''}\0`);
    hash.update(contents);
  }
  for (const { path, digest, executable } of installed) hash.update(`${path}\0${digest}${executable ? 'x' : ''}\0`);
  return hash.digest('hex');
}
