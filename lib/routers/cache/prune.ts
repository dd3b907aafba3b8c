import * as fs from 'fs';
import * as path from 'path';

/** How long an entry of a cache stays after its last use, in milliseconds. */
const KEPT_MS = 30 * 24 * 60 * 60 * 1000;

/** Notes that an entry is in use. */
export function markUsed(entry: string): void {
  const now = new Date();
  try {
    fs.utimesSync(entry, now, now);
  } catch {
    // A cache that cannot be written is still a cache.
  }
}

/** Removes the entries of a cache that were not used for long: the installation of each lock file has hundreds of megabytes. */
export function removeUnused(cache: string, now = Date.now()): void {
  for (const name of fs.readdirSync(cache)) {
    const entry = path.join(cache, name);
    const stat = fs.statSync(entry, { throwIfNoEntry: false });
    if (stat !== undefined && now - stat.mtimeMs > KEPT_MS) fs.rmSync(entry, { recursive: true, force: true });
  }
}
