import { createHash } from 'crypto';
import { CodeFile } from './built-code';

/** Equal files have equal digests on every machine. */
export function digestOf(files: readonly CodeFile[]): string {
  const hash = createHash('sha256');
  for (const { path, contents, executable } of files) {
    hash.update(`${path}\0${contents.length}${executable ? 'x' : ''}\0`);
    hash.update(contents);
  }
  return hash.digest('hex');
}
