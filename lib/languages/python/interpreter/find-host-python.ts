import { findFirstPython, Interpreter } from './find-python';
import { LazyApiError } from '../../../private/errors';

/** The Python of this machine that imports the routers at synthesis. */
export type HostPython = Pick<Interpreter, 'path' | 'version'>;

/** The versions that can stand in for each other, newest first. */
const SUPPORTED = ['3.14', '3.13', '3.12', '3.11'];

/**
 * Finds the Python of this version, else the nearest supported one.
 *
 * @param cache the directory of the cache. Undefined to look again in each process
 */
export function findHostPython(version: string, cache?: string): Interpreter {
  if (process.platform === 'win32') {
    throw new LazyApiError('PYTHON_MISSING', 'routers in Python are imported in copies of a process, which Windows does not have; '
      + 'run synthesis in the Windows Subsystem for Linux');
  }
  const distance = (other: string) => Math.abs(Number(other.slice(2)) - Number(version.slice(2)));
  const others = SUPPORTED.filter((other) => other !== version).sort((a, b) => distance(a) - distance(b));
  const python = findFirstPython([version, ...others], cache);
  if (python) return python;
  throw new LazyApiError(
    'PYTHON_MISSING',
    `runtime is Python ${version}, so synthesis needs Python 3.11 or newer, which was not found on this machine; `
    + `install Python ${version}, for example with "uv python install ${version}"`,
  );
}
