import { LazyApiError } from '../../../private/errors';

/** A lock file that is missing, outdated, or incomplete. */
export function lockError(text: string, cause?: unknown): LazyApiError {
  return new LazyApiError('PYTHON_LOCK', redact(text), cause === undefined ? undefined : { cause });
}

/** Dependencies that are locked, but cannot be installed. */
export function dependencyError(text: string): LazyApiError {
  return new LazyApiError('PYTHON_DEPENDENCIES', redact(text));
}

/** Removes user names, passwords and tokens from the addresses in a text. */
export function redact(text: string): string {
  return text.replace(/(\w:\/\/)[^\s/@'"`]+@/g, '$1***@').replace(/([?&][\w-]*(?:token|key|secret|password|sig|signature)=)[^\s&#'"`]+/gi, '$1***');
}
