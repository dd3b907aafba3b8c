import * as fs from 'node:fs';
import * as path from 'node:path';
import { upward } from '../../routers/project-root';

/** Directories that never contain sources. */
const NEVER = new Set(['node_modules', '.git', '__pycache__', '.cdk-lazy-api']);

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
  private readonly directories = new Map<string, WatchedDirectory>();

  /**
   * @param onChange called with the changed path, perhaps several times for one change
   * @param onProblem called when the system refuses to watch
   */
  constructor(private readonly onChange: (file: string) => void, private readonly onProblem: (error: Error) => void) {}

  /** Watches these paths instead of the previous ones: files, directories with everything in them, and paths that do not exist yet. */
  public watch(paths: readonly string[]): void {
    this.paths = [...new Set(paths)];
    this.refresh();
  }

  /** Watches directories that have appeared since. */
  public refresh(): void {
    const wanted = new Set(this.paths.flatMap(directoriesOf));
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
    if (this.paths.some((watched) => concerns(changed, watched))) this.onChange(changed);
  }
}

/** A path that begins with a watched one is below it, or is a missing file with its extension. */
function concerns(changed: string, watched: string): boolean {
  return changed.startsWith(watched) || watched.startsWith(changed + path.sep);
}

/** The directory itself and the directories in it. For a file, its directory, even if the file does not exist yet. */
function directoriesOf(watched: string): string[] {
  const parent = upward(path.dirname(watched)).find(isDirectory);
  return [...parent === undefined ? [] : [parent], ...isDirectory(watched) ? withSubdirectories(watched) : []];
}

function withSubdirectories(directory: string): string[] {
  const children = readDirectories(directory).filter((name) => !NEVER.has(name)).map((name) => path.join(directory, name));
  const own = children.filter((child) => !fs.existsSync(path.join(child, VIRTUAL_ENVIRONMENT)));
  return [directory, ...own.flatMap(withSubdirectories)];
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
