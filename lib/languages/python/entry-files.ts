import * as fs from 'fs';
import * as path from 'path';
import { parseGlob } from '../../routers/asset/glob';
import { isExecutable } from '../../routers/asset/is-executable';
import { CodeFile } from '../../routers/built-code';

/** What is never part of an application, by the name of the directory. */
const NOT_CODE = ['__pycache__', 'node_modules', 'cdk.out', 'venv', 'env', 'htmlcov'];

/** Directories with tests, unless a router is in them. */
const TESTS = ['test', 'tests'];

const NOT_A_FILE = [/\.py[cod]$/, /^test_.*\.py$/, /_test\.py$/, /^conftest\.py$/];

export interface EntryFilesOptions {
  /** The absolute path of the directory that Python imports from. */
  readonly entry: string;
  /** The files that are never left out: routers and the application. Relative to the directory, with `/`. */
  readonly needed: readonly string[];
  /** Patterns of what the user leaves out. */
  readonly exclude: readonly string[];
}

/** Reads the files of an application, without tests, caches, virtual environments and hidden files. */
export function readEntryFiles({ entry, needed, exclude }: EntryFilesOptions): CodeFile[] {
  const patterns = exclude.map(toMatcher);
  const isLeftOut = (relative: string) => !needed.includes(relative) && patterns.some((matches) => matches(relative));
  const files = (folder: string): string[] => fs.readdirSync(path.join(entry, folder), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(({ name }) => {
      const relative = folder === '' ? name : `${folder}/${name}`;
      const isDirectory = fs.statSync(path.join(entry, relative), { throwIfNoEntry: false })?.isDirectory();
      if (isDirectory === undefined || isLeftOut(relative)) return [];
      if (isDirectory) return isCode(entry, relative, needed) ? files(relative) : [];
      return needed.includes(relative) || isFileOfCode(name) ? [relative] : [];
    });
  return files('').map((relative) => {
    const file = path.join(entry, relative);
    return { path: relative, contents: fs.readFileSync(file), ...isExecutable(file) && { executable: true } };
  });
}

function isCode(entry: string, relative: string, needed: readonly string[]): boolean {
  const name = path.basename(relative);
  if (needed.some((file) => file.startsWith(`${relative}/`))) return true;
  if (name.startsWith('.') || NOT_CODE.includes(name) || TESTS.includes(name) || name.endsWith('.egg-info')) return false;
  return !fs.existsSync(path.join(entry, relative, 'pyvenv.cfg'));
}

function isFileOfCode(name: string): boolean {
  return !name.startsWith('.') && !NOT_A_FILE.some((pattern) => pattern.test(name));
}

/** A pattern as `bundling.files` has them, or a path. A directory stands for everything in it. */
function toMatcher(pattern: string): (relative: string) => boolean {
  const glob = parseGlob(`./${pattern}`);
  return glob === undefined ? (relative) => relative === pattern : (relative) => {
    const base = glob.base.replace(/^\.\/?/, '');
    const below = base === '' ? relative : relative.startsWith(`${base}/`) ? relative.slice(base.length + 1) : undefined;
    return below !== undefined && glob.matches(below);
  };
}
