import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { LazyApiError } from '../../../private/errors';
import { Interpreter } from '../interpreter/find-python';

/**
 * Whether Python compares the source with the hash before it uses the bytecode. `unchecked` does not read the source.
 *
 * @see https://docs.python.org/3/reference/import.html#pyc-invalidation
 */
export type BytecodeMode = 'checked' | 'unchecked';

export interface CompileJob {
  readonly python: Interpreter;
  readonly mode: BytecodeMode;
  /** The directory with the sources. */
  readonly root: string;
  /** The directory that bytecode is written to, in `__pycache__` directories. */
  readonly into: string;
  /** The modules, relative to the root, with `/`. */
  readonly files: readonly string[];
  /** A directory for other files. */
  readonly scratch: string;
}

/** A module that is not valid for this version of Python. */
export interface CompileProblem {
  readonly path: string;
  readonly message: string;
  readonly line: number | null;
}

/** The directory of the code in Lambda. If bytecode contains another file name, Python corrects it in all code at each import. */
const TASK_ROOT = '/var/task';

const PROGRAM = path.join(__dirname, 'compile.py');

/**
 * Compiles modules. The bytecode depends on the source, its path in the asset, and the version of Python, but not on the machine, the order, or other
 * modules. Modules that do not compile are left without bytecode.
 */
export function compileModules({ python, mode, root, into, files, scratch }: CompileJob): CompileProblem[] {
  if (files.length === 0) return [];
  const problems = path.join(scratch, `problems-${process.pid}.jsonl`);
  const job = { root, into, prefix: TASK_ROOT, checked: mode === 'checked', files: [...files].sort(), problems };
  const { status, stderr, error } = spawnSync(python.path, ['-s', '-S', '-P', '-W', 'ignore', '-X', 'utf8', PROGRAM], {
    input: JSON.stringify(job),
    encoding: 'utf8',
    env: { ...withoutPythonVariables(process.env), PYTHONHASHSEED: '0' },
  });
  if (status !== 0) {
    throw new LazyApiError('PYTHON_BYTECODE', `${python.path} cannot compile the modules: ${error?.message ?? stderr.trim().slice(-2000)}; `
      + `reinstall Python ${python.version}`);
  }
  if (!fs.existsSync(problems)) return [];
  const lines = fs.readFileSync(problems, 'utf8').trim().split('\n');
  fs.rmSync(problems);
  return lines.map((line) => JSON.parse(line) as CompileProblem).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** `api/__pycache__/users.cpython-313.pyc` for `api/users.py` */
export function bytecodePath(module: string, { cacheTag }: Pick<Interpreter, 'cacheTag'>): string {
  const folder = path.posix.dirname(module);
  return path.posix.join(folder, '__pycache__', `${path.posix.basename(module, '.py')}.${cacheTag}.pyc`);
}

/** `-I` ignores all variables, including the one that makes the order of sets the same each time. */
function withoutPythonVariables(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('PYTHON')));
}
