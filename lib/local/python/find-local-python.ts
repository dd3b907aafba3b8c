import { resolve } from 'node:path';
import { findHostPython } from '../../languages/python/interpreter/find-host-python';
import { findPython, Interpreter, interpreterAt } from '../../languages/python/interpreter/find-python';
import { LocalError } from '../local-error';

export interface LocalPython {
  readonly python: Interpreter;
  /** Why responses may differ from those in Lambda. */
  readonly warning?: string;
}

/** The first version that the runtime supports. */
const OLDEST = 11;

/**
 * Finds the Python that runs a function: the given one, one of the function's version, or the nearest other version with a warning.
 *
 * @param version the function's version of Python, like `3.13`
 * @param given the path that the user chose
 */
export function findLocalPython(version: string, given: string | undefined): LocalPython {
  const python = given === undefined ? findPython(version) ?? findHostPython(version) : checkedPython(given, version);
  return { python, ...python.version !== version && { warning: otherVersionWarning(python, version) } };
}

function checkedPython(given: string, version: string): Interpreter {
  // Processes run in the directory of the asset.
  const python = interpreterAt(resolve(given));
  if (python === undefined) throw new LocalError(`--python must be the path of a release of CPython, got "${given}", which does not run as one`);
  if (Number(python.version.split('.')[1]) >= OLDEST) return python;
  throw new LocalError(`--python must be Python 3.${OLDEST} or newer, got ${python.fullVersion}; the function has ${version}`);
}

function otherVersionWarning({ fullVersion }: Interpreter, version: string): string {
  return `the function uses Python ${version}, but runs on ${fullVersion} here; install Python ${version}, for example with `
    + `"uv python install ${version}"`;
}
