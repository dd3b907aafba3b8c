import { spawnSync } from 'child_process';
import { LazyApiError } from '../../private/errors';

/** A Python of this machine. */
export interface HostPython {
  readonly path: string;
  /** `3.13` */
  readonly version: string;
}

/** The versions that can stand in for each other, newest first. */
const SUPPORTED = ['3.14', '3.13', '3.12', '3.11'];

const found = new Map<string, HostPython | undefined>();

/** Finds the Python of this version, else the nearest supported one. */
export function findHostPython(version: string): HostPython {
  if (process.platform === 'win32') {
    throw new LazyApiError('PYTHON_MISSING', 'routers in Python are imported in copies of a process, which Windows does not have; '
      + 'run synthesis in the Windows Subsystem for Linux');
  }
  const distance = (other: string) => Math.abs(Number(other.slice(2)) - Number(version.slice(2)));
  const others = SUPPORTED.filter((other) => other !== version).sort((a, b) => distance(a) - distance(b));
  for (const candidate of [version, ...others]) {
    const python = findExactly(candidate);
    if (python) return python;
  }
  throw new LazyApiError(
    'PYTHON_MISSING',
    `runtime is Python ${version}, so synthesis needs Python 3.11 or newer, which was not found on this machine; `
    + `install Python ${version}, for example with "uv python install ${version}"`,
  );
}

/** Looks in PATH, then asks uv. A process looks for each version once. */
function findExactly(version: string): HostPython | undefined {
  if (!found.has(version)) found.set(version, ask(`python${version}`, version) ?? ask('python3', version) ?? askUv(version));
  return found.get(version);
}

function askUv(version: string): HostPython | undefined {
  const { status, stdout } = spawnSync('uv', ['python', 'find', '--no-python-downloads', version], { encoding: 'utf8' });
  return status === 0 ? ask(stdout.trim(), version) : undefined;
}

/** A shim of a version manager may be there without its Python. */
function ask(program: string, version: string): HostPython | undefined {
  const source = 'import sys; print("%d.%d" % sys.version_info[:2], sys.executable)';
  const { status, stdout } = spawnSync(program, ['-I', '-S', '-c', source], { encoding: 'utf8' });
  const [, actual, path] = (status === 0 && /^(\S+) (.+)$/m.exec(stdout)) || [];
  return actual === version && path !== undefined ? { path, version } : undefined;
}
