import * as fs from 'node:fs';
import * as path from 'node:path';
import { upward } from '../../routers/project-root';

/** Directories that never contain sources. */
const NEVER = new Set(['node_modules', '.git', '__pycache__', '.cdk-lazy-api', 'cdk.out']);

/** The file that marks a virtual environment of Python. */
const VIRTUAL_ENVIRONMENT = 'pyvenv.cfg';

interface WatchedDirectory {
  /** Differs if the directory was removed and created again. */
  readonly identity: string;
  readonly watcher: fs.FSWatcher;
}

/**
 * Reports when files change, appear, or disappear. It watches their directories, not the files: editors often write another file and rename it, and
 * a deleted file may come back. Watching single directories works the same way on all systems.
 */
export class FileWatcher {
  private paths: readonly string[] = [];
  private isLeftOut = isNeverSource;
  private readonly directories = new Map<string, WatchedDirectory>();

  /**
   * @param onChange called with the changed path, perhaps several times for one change
   * @param onProblem called when the system refuses to watch
   */
  constructor(private readonly onChange: (file: string) => void, private readonly onProblem: (error: Error) => void) {}

  /**
   * Watches these paths instead of the previous ones: files, directories with everything in them, and paths that do not exist yet.
   *
   * @param isIgnored whether changes of what has this name in a watched directory do not matter
   */
  public watch(paths: readonly string[], isIgnored: (name: string) => boolean = () => false): void {
    this.paths = [...new Set(paths)];
    this.isLeftOut = (name) => isNeverSource(name) || isIgnored(name);
    this.refresh();
  }

  /** Watches directories that have appeared since. */
  public refresh(): void {
    const wanted = new Set(this.paths.flatMap((watched) => directoriesOf(watched, this.isLeftOut)));
    for (const [directory, { identity }] of this.directories) {
      if (!wanted.has(directory) || identityOf(directory) !== identity) this.forget(directory);
    }
    for (const directory of wanted) if (!this.directories.has(directory)) this.add(directory);
  }

  public close(): void {
    for (const directory of [...this.directories.keys()]) this.forget(directory);
  }

  private add(directory: string): void {
    try {
      const watcher = fs.watch(directory, (_, name) => this.take(name === null ? directory : path.join(directory, name)));
      watcher.on('error', () => this.forget(directory));
      this.directories.set(directory, { identity: identityOf(directory), watcher });
    } catch (error) {
      // A later call finds the directory if it reappears.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') this.onProblem(error as Error);
    }
  }

  private forget(directory: string): void {
    this.directories.get(directory)?.watcher.close();
    this.directories.delete(directory);
  }

  private take(changed: string): void {
    if (this.paths.some((watched) => concerns(changed, watched) && !this.isBelowLeftOut(changed, watched))) this.onChange(changed);
  }

  private isBelowLeftOut(changed: string, watched: string): boolean {
    return path.relative(watched, changed).split(path.sep).some((name) => name !== '..' && this.isLeftOut(name));
  }
}

/** A path that begins with a watched one is below it, or is a missing file with its extension. */
function concerns(changed: string, watched: string): boolean {
  return changed.startsWith(watched) || watched.startsWith(changed + path.sep);
}

function isNeverSource(name: string): boolean {
  return NEVER.has(name);
}

/** The directory itself and the directories in it. For a file, its directory, even if the file does not exist yet. */
function directoriesOf(watched: string, isLeftOut: (name: string) => boolean): string[] {
  const parent = upward(path.dirname(watched)).find(isDirectory);
  return [...parent === undefined ? [] : [parent], ...isDirectory(watched) ? withSubdirectories(watched, isLeftOut) : []];
}

function withSubdirectories(directory: string, isLeftOut: (name: string) => boolean): string[] {
  const children = readDirectories(directory).filter((name) => !isLeftOut(name)).map((name) => path.join(directory, name));
  const own = children.filter((child) => !fs.existsSync(path.join(child, VIRTUAL_ENVIRONMENT)));
  return [directory, ...own.flatMap((child) => withSubdirectories(child, isLeftOut))];
}

function readDirectories(directory: string): string[] {
  try {
    return fs.readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
  } catch {
    return [];
  }
}

function isDirectory(file: string): boolean {
  return fs.statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** File systems reuse the numbers of removed directories. */
function identityOf(directory: string): string {
  const { ino, birthtimeMs } = fs.statSync(directory, { throwIfNoEntry: false }) ?? {};
  return `${ino} ${birthtimeMs}`;
}
