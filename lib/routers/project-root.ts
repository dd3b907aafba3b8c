import * as fs from 'fs';
import * as path from 'path';
import { oddity, pathKind } from './path-kind';
import { LazyApiError } from '../private/errors';

/** A lock file marks the root of a project; without one, the nearest package.json. */
const MARKERS = [
  ['package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', 'pnpm-lock.yaml', 'bun.lock', 'bun.lockb'],
  ['package.json'],
];

/**
 * The root of the project that the routers belong to: everything in the bundle is named relative to it, so that the same
 * code gives the same hash on every machine.
 */
export function findProjectRoot(entries: readonly string[], override?: string): string {
  if (override !== undefined) {
    const root = path.resolve(override);
    const kind = pathKind(root);
    if (kind !== 'a directory') {
      const looked = `looked for ${root}${oddity(kind)}`;
      throw new LazyApiError('PROJECT_ROOT', `bundling.projectRoot must be an existing directory, got "${override}"; ${looked}`);
    }
    return fs.realpathSync(root);
  }
  // The path as declared, not where symlinks lead: an entry that leaves the project through one must be noticed.
  const start = lookupDirectory(entries);
  for (const markers of MARKERS) {
    for (const directory of upward(start)) {
      if (markers.some((marker) => fs.existsSync(path.join(directory, marker)))) return fs.realpathSync(directory);
    }
  }
  return fs.realpathSync(start);
}

/** The nearest directory above all entries: from here upward their packages are looked up. */
export function lookupDirectory(entries: readonly string[]): string {
  return existing(commonDirectory(entries));
}

/** The directory itself, then each of its parents. */
export function upward(directory: string): string[] {
  const parent = path.dirname(directory);
  return parent === directory ? [directory] : [directory, ...upward(parent)];
}

function commonDirectory(files: readonly string[]): string {
  return files.map((file) => path.dirname(file)).reduce((a, b) => {
    const candidates = new Set(upward(b));
    return upward(a).find((directory) => candidates.has(directory)) ?? path.parse(a).root;
  });
}

function existing(directory: string): string {
  return upward(directory).find((candidate) => fs.existsSync(candidate)) ?? directory;
}
