import * as fs from 'fs';

/** Why a path cannot be used, by the system's error code. */
const REASONS: { readonly [code: string]: string } = {
  ENOENT: 'missing',
  ENOTDIR: 'missing',
  ELOOP: 'a link that leads back to itself',
  EACCES: 'not readable by this user',
  EPERM: 'not readable by this user',
  ENAMETOOLONG: 'a path with a name that is too long',
};

/** What is at a path after links are followed: `a file`, `a directory`, or the reason why it is neither. Never throws. */
export function pathKind(path: string): string {
  try {
    const stat = fs.statSync(path);
    return stat.isFile() ? 'a file' : stat.isDirectory() ? 'a directory' : 'neither a file nor a directory';
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    return REASONS[code] ?? `unusable (${code})`;
  }
}

/** What an error adds about a path that exists but is of another kind. */
export function oddity(kind: string): string {
  return kind === 'missing' ? '' : `; it is ${kind}`;
}
