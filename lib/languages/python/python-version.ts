import { LazyApiError } from '../../private/errors';

/** The first whose `importlib.resources`, `tomllib` and `ExceptionGroup` the runtime and current frameworks rest on. */
const OLDEST_MINOR = 11;

/** The first that has SnapStart: https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html#snapstart-runtimes */
const OLDEST_SNAP_START_MINOR = 12;

/** Returns the version of Python that a runtime of Lambda has, like `3.13`, by the name of the runtime. */
export function pythonVersion(runtime: string): string {
  const minor = Number(/^python3\.(\d+)$/.exec(runtime)?.[1]);
  if (!(minor >= OLDEST_MINOR)) {
    throw new LazyApiError('RUNTIME', `runtime must be Python 3.${OLDEST_MINOR} or newer, got ${runtime}; leave it out for python3.13`);
  }
  return `3.${minor}`;
}

/** Throws an error if Lambda does not support SnapStart with this runtime. */
export function checkSnapStartVersion(runtime: string): void {
  const version = pythonVersion(runtime);
  if (Number(version.slice(2)) >= OLDEST_SNAP_START_MINOR) return;
  throw new LazyApiError('SNAP_START', `snapStart needs Python 3.${OLDEST_SNAP_START_MINOR} or newer, got ${runtime}; use a newer runtime, `
    + 'or leave snapStart out');
}
