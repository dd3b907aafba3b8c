import * as fs from 'fs';
import * as path from 'path';
import { BytecodeMode, bytecodePath, compileModules, CompileProblem } from './compile-modules';
import { writeFiles } from '../../../private/write-files';
import { CodeFile } from '../../../routers/built-code';
import { replaceFile } from '../../../routers/cache/replace-file';
import { sha256 } from '../../../routers/cache/sha256';
import { Interpreter } from '../interpreter/find-python';

/** Change it when the way of making bytecode changes. */
const VERSION = 1;

export interface BytecodeOptions {
  readonly python: Interpreter;
  readonly mode: BytecodeMode;
  /** The directory of the cache. */
  readonly cache: string;
}

export interface Bytecode {
  readonly files: readonly CodeFile[];
  readonly problems: readonly CompileProblem[];
}

/** Compiles modules that are in memory. Reuses bytecode from the cache. */
export function bytecodeFiles(sources: readonly CodeFile[], { python, mode, cache }: BytecodeOptions): Bytecode {
  const keyOf = (file: CodeFile) => sha256(JSON.stringify([VERSION, python.fullVersion, mode, file.path, sha256(file.contents)]));
  const modules = sources.filter((file) => file.path.endsWith('.py'))
    .map((file) => ({ ...file, kept: path.join(cache, 'bytecode', `${keyOf(file)}.pyc`) }));
  const missing = modules.filter(({ kept }) => !fs.existsSync(kept));
  const problems = missing.length === 0 ? [] : compileMissing(missing, { python, mode, cache });
  const files = modules.filter(({ kept }) => fs.existsSync(kept))
    .map((module): CodeFile => ({ path: bytecodePath(module.path, python), contents: fs.readFileSync(module.kept) }));
  return { files, problems };
}

function compileMissing(modules: ReadonlyArray<CodeFile & { readonly kept: string }>, { python, mode, cache }: BytecodeOptions): CompileProblem[] {
  fs.mkdirSync(cache, { recursive: true });
  const scratch = fs.mkdtempSync(path.join(cache, 'compiling-'));
  const [root, into] = ['sources', 'bytecode'].map((name) => path.join(scratch, name));
  try {
    for (const directory of [root, into]) fs.mkdirSync(directory);
    writeFiles(modules.map(({ path: file, contents }) => ({ path: file, contents })), root);
    const problems = compileModules({ python, mode, root, into, files: modules.map((file) => file.path), scratch });
    for (const { path: file, kept } of modules) {
      const compiled = path.join(into, bytecodePath(file, python));
      if (fs.existsSync(compiled)) replaceFile(kept, fs.readFileSync(compiled));
    }
    return problems;
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}
