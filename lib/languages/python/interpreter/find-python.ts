import { spawnSync, SpawnSyncOptionsWithStringEncoding } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { replaceFile } from '../../../routers/cache/replace-file';
import { sha256 } from '../../../routers/cache/sha256';

/** A Python of this machine. */
export interface Interpreter {
  /** The absolute path of the program. */
  readonly path: string;
  /** `3.13` */
  readonly version: string;
  /** `3.13.0` */
  readonly fullVersion: string;
  /** What names bytecode files: `cpython-313`. */
  readonly cacheTag: string;
}

/** A release of CPython with the GIL reports itself. Others write bytecode that Lambda may not read. */
const REPORT = [
  'import sys, json',
  'assert sys.implementation.name == "cpython" and sys.version_info.releaselevel == "final" and "t" not in getattr(sys, "abiflags", "")',
  'print(json.dumps([sys.executable, "%d.%d" % sys.version_info[:2], "%d.%d.%d" % sys.version_info[:3], sys.implementation.cache_tag]))',
].join('\n');

/** How long a program may take to report itself, in milliseconds. */
const PATIENCE_MS = 20_000;

const found = new Map<string, Interpreter>();

/**
 * Finds a CPython of exactly this minor version: in PATH, among those of pyenv, and by uv. A version manager may have a shim without its Python, so
 * what is found is also started. The result is kept in the directory, because it takes longer to start a Python than to look at its file.
 *
 * @param version `3.13`
 * @param cache the directory of the cache. Undefined to look again in each process
 */
export function findPython(version: string, cache?: string): Interpreter | undefined {
  const key = digestOfSearch(version);
  const known = found.get(key) ?? (cache === undefined ? undefined : recall(memoOf(key, cache)));
  const interpreter = known ?? search(version);
  if (interpreter === undefined) return undefined;
  found.set(key, interpreter);
  if (known === undefined && cache !== undefined) remember(memoOf(key, cache), interpreter);
  return interpreter;
}

/** Finds the first of these versions that the machine has. */
export function findFirstPython(versions: readonly string[], cache?: string): Interpreter | undefined {
  for (const version of versions) {
    const interpreter = findPython(version, cache);
    if (interpreter !== undefined) return interpreter;
  }
  return undefined;
}

function search(version: string): Interpreter | undefined {
  for (const program of candidates(version)) {
    const interpreter = interpreterAt(program);
    if (interpreter?.version === version) return interpreter;
  }
  return undefined;
}

/** Lazily, because the first is usually right. */
function* candidates(version: string): Generator<string> {
  yield* inPath(process.platform === 'win32' ? ['python.exe'] : [`python${version}`]);
  yield* inPyenv(version);
  const uv = spawnSync('uv', ['python', 'find', '--no-python-downloads', '--no-project', version], spawnOptions());
  if (uv.status === 0) yield uv.stdout.trim();
  yield* inPath(['python3', 'python']);
}

/** The variables are named, because a test changes its own copy of them. */
function spawnOptions(): SpawnSyncOptionsWithStringEncoding {
  return { encoding: 'utf8', timeout: PATIENCE_MS, env: process.env };
}

function inPath(names: readonly string[]): string[] {
  const directories = (process.env.PATH ?? '').split(path.delimiter).filter(path.isAbsolute);
  return directories.flatMap((directory) => names.map((name) => path.join(directory, name))).filter((file) => fs.existsSync(file));
}

function inPyenv(version: string): string[] {
  const versions = path.join(process.env.PYENV_ROOT ?? path.join(os.homedir(), '.pyenv'), 'versions');
  if (!fs.existsSync(versions)) return [];
  const patchOf = (name: string) => Number(name.split('.')[2]);
  return fs.readdirSync(versions).filter((name) => name.startsWith(`${version}.`)).sort((a, b) => patchOf(b) - patchOf(a))
    .map((name) => path.join(versions, name, 'bin', 'python'));
}

/** The interpreter at a path. Undefined if it does not run, or is not a release of CPython. */
export function interpreterAt(program: string): Interpreter | undefined {
  const { status, stdout } = spawnSync(program, ['-I', '-S', '-c', REPORT], spawnOptions());
  if (status !== 0) return undefined;
  const [executable, version, fullVersion, cacheTag] = JSON.parse(stdout) as string[];
  return { path: executable, version, fullVersion, cacheTag };
}

/** What the search depends on, in addition to the programs themselves. */
function digestOfSearch(version: string): string {
  const { PATH, PYENV_ROOT, PYENV_VERSION, UV_PYTHON_INSTALL_DIR } = process.env;
  return sha256(JSON.stringify([version, PATH, PYENV_ROOT, PYENV_VERSION, UV_PYTHON_INSTALL_DIR, os.homedir()]));
}

function memoOf(key: string, cache: string): string {
  return path.join(cache, `python-${key}.json`);
}

function remember(file: string, interpreter: Interpreter): void {
  replaceFile(file, JSON.stringify({ interpreter, stamp: stampOf(interpreter.path) }));
}

/** Undefined if the program was replaced since. */
function recall(file: string): Interpreter | undefined {
  if (!fs.existsSync(file)) return undefined;
  const { interpreter, stamp } = JSON.parse(fs.readFileSync(file, 'utf8')) as { readonly interpreter: Interpreter; readonly stamp: string };
  return stampOf(interpreter.path) === stamp ? interpreter : undefined;
}

/** Patch versions replace the program, or what a link leads to. Undefined if the program is gone. */
export function stampOf(file: string): string | undefined {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  return stat && `${fs.realpathSync(file)} ${stat.size} ${stat.mtimeMs}`;
}
