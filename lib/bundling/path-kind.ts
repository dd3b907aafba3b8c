import * as fs from 'fs';

/** Why there is nothing at a path that can be used, by the system's error code. */
const REASONS: { readonly [code: string]: string } = {
  ENOENT: 'missing',
  ENOTDIR: 'missing',
  ELOOP: 'a link that leads back to itself',
  EACCES: 'not readable for this user',
  EPERM: 'not readable for this user',
  ENAMETOOLONG: 'a path with a name that is too long',
};

/** What is at a path, links followed: `a file`, `a directory`, or in words what keeps it from being one. Never fails. */
export function pathKind(path: string): string {
  try {
    const stat = fs.statSync(path);
    return stat.isFile() ? 'a file' : stat.isDirectory() ? 'a directory' : 'neither a file nor a directory';
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    return REASONS[code] ?? `unusable (${code})`;
  }
}

/** What an error adds about a path where more is there than nothing. */
export function oddity(kind: string): string {
  return kind === 'missing' ? '' : `; it is ${kind}`;
}
