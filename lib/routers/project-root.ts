import * as fs from 'fs';
import * as path from 'path';
import { oddity, pathKind } from './path-kind';
import { LazyApiError } from '../private/errors';

/**
 * The root of the project that the routers belong to: the nearest directory above them that has a file of the first group of markers, or otherwise of
 * the next group. All source files are named relative to it, so that the same code gives the same hash on every machine.
 */
export function findProjectRoot(entries: readonly string[], markers: ReadonlyArray<readonly string[]>): string {
  // The declared path, without resolving symbolic links: an entry that leaves the project through a link must be detected.
  const start = lookupDirectory(entries);
  for (const group of markers) {
    const root = upward(start).find((directory) => group.some((marker) => fs.existsSync(path.join(directory, marker))));
    if (root !== undefined) return fs.realpathSync(root);
  }
  return fs.realpathSync(start);
}

/** Checks a project root that the user chose. The prop is named in errors. */
export function checkedProjectRoot(prop: string, given: string): string {
  const root = path.resolve(given);
  const kind = pathKind(root);
  if (kind === 'a directory') return fs.realpathSync(root);
  throw new LazyApiError('PROJECT_ROOT', `${prop} must be an existing directory, got "${given}"; looked for ${root}${oddity(kind)}`);
}

/** The nearest directory above all entries. Their packages are looked up from here upward. */
export function lookupDirectory(entries: readonly string[]): string {
  return existing(commonDirectory(entries));
}

/** The directory itself, followed by its parents. */
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
