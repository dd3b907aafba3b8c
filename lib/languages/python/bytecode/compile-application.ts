import { bytecodeFiles } from './bytecode-files';
import { CompileProblem } from './compile-modules';
import { CodeFile } from '../../../routers/built-code';
import { findPython } from '../interpreter/find-python';
import { pythonCache } from '../interpreter/python-cache';

export interface ApplicationTarget {
  /** The directory with the cache. */
  readonly projectRoot: string;
  /** The function's version of Python: `3.13`. */
  readonly pythonVersion: string;
}

export interface CompiledApplication {
  readonly files: readonly CodeFile[];
  readonly warnings: readonly string[];
}

/**
 * Compiles the modules of an application with exactly the function's version of Python. In Lambda, Python compares the source of each module with its
 * bytecode, because someone may edit the source in the console. It does not compare the sources of packages.
 */
export function compileApplication(modules: readonly CodeFile[], { projectRoot, pythonVersion }: ApplicationTarget): CompiledApplication {
  const cache = pythonCache(projectRoot);
  const python = findPython(pythonVersion, cache);
  if (python === undefined) return { files: [], warnings: [withoutBytecode(pythonVersion)] };
  const { files, problems } = bytecodeFiles(modules, { python, mode: 'checked', cache });
  return { files, warnings: problems.map((problem) => describe(problem, pythonVersion)) };
}

function withoutBytecode(version: string): string {
  return `Python ${version} was not found on this machine, so the asset has no bytecode: each cold start compiles all modules that it imports, `
    + `which takes at least as long as the imports themselves. Install it, for example with "uv python install ${version}".`;
}

function describe({ path, line, message }: CompileProblem, version: string): string {
  return `${path}${line === null ? '' : `, line ${line}`} does not compile with Python ${version}: ${message}. The module cannot be imported.`;
}
