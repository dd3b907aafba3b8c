import { lambdaTarget } from '../../languages/python/dependencies/target';
import { isForeign } from '../assembly/local-asset';

export interface PackagesTarget {
  /** The function's version of Python: `3.13`. */
  readonly pythonVersion: string;
  readonly architecture: string;
}

/** Whether packages that are installed for Lambda work with a Python of this machine. */
export function fits({ pythonVersion, architecture }: PackagesTarget, python: { readonly version: string }): boolean {
  return python.version === pythonVersion && !isForeign(architecture) && glibcMinor() >= lambdaTarget(pythonVersion, architecture).glibc;
}

/** The minor version of glibc 2. Zero on systems with another C library. */
function glibcMinor(): number {
  const { header } = process.report.getReport() as { readonly header: { readonly glibcVersionRuntime?: string } };
  return Number(/^2\.(\d+)/.exec(header.glibcVersionRuntime ?? '')?.[1] ?? 0);
}
