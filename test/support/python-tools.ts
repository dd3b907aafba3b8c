import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { scratch } from './project';
import { findFirstPython, Interpreter } from '../../lib/languages/python/interpreter/find-python';

const SCRIPT = path.join(__dirname, '..', '..', 'scripts', 'install-python-tools.mjs');

/** The tools that read lock files. */
export type PythonTool = 'uv' | 'poetry' | 'pipenv';

/** The directory of uv, Poetry and Pipenv, which come from PyPI. */
export function pythonToolsDirectory(): string {
  return execFileSync(process.execPath, [SCRIPT], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();
}

/** A directory with these tools alone, for PATH. */
export function directoryWith(...tools: readonly PythonTool[]): string {
  const programs = pythonToolsDirectory();
  const directory = scratch();
  for (const tool of new Set(tools)) fs.symlinkSync(path.join(programs, tool), path.join(directory, tool));
  return directory;
}

/** A Python of this machine that Lambda has, too. */
export function somePython(): Interpreter {
  const python = findFirstPython(['3.13', '3.14', '3.12', '3.11']);
  if (python === undefined) throw new Error('the tests need Python 3.11 or newer');
  return python;
}

/** PATH without any directory that has one of these programs. */
export function pathWithout(...programs: readonly string[]): string {
  return process.env.PATH!.split(path.delimiter).filter((directory) => !programs.some((program) => fs.existsSync(path.join(directory, program)))).join(path.delimiter);
}
