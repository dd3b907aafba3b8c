import { bytecodeFiles } from '../../languages/python/bytecode/bytecode-files';
import { CompiledApplication } from '../../languages/python/bytecode/compile-application';
import type { Interpreter } from '../../languages/python/interpreter/find-python';
import { pythonCache } from '../../languages/python/interpreter/python-cache';
import type { CodeFile } from '../../routers/built-code';
import { LocalError } from '../local-error';

/** Compiles modules as synthesis does, for the Python that runs them here. Throws an error for modules that do not compile. */
export function compileForLocal(modules: readonly CodeFile[], projectRoot: string, python: Interpreter): CompiledApplication {
  const { files, problems } = bytecodeFiles(modules, { python, mode: 'checked', cache: pythonCache(projectRoot) });
  if (problems.length === 0) return { files, warnings: [] };
  const lines = problems.map(({ path, line, message }) => `${path}${line === null ? '' : `:${line}`}: ${message}`);
  throw new LocalError(`${problems.length === 1 ? 'a module does' : `${problems.length} modules do`} not compile:\n${lines.join('\n')}`);
}
